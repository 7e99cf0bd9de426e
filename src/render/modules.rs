//! Scripts of a skin: ES modules that import each other under their hashed names.

use std::path::{Component, Path, PathBuf};

use anyhow::{Result, bail};

use super::slim::slim;
use super::templates::SkinAsset;

/// Names modules so that each comes after those that it imports, whose hashed names it then says.
///
/// # Errors
/// When a module is not UTF-8, or modules import each other in a circle.
pub(super) fn name(modules: Vec<(String, Vec<u8>)>) -> Result<Vec<SkinAsset>> {
    let mut waiting = Vec::new();
    for (name, bytes) in modules {
        let Ok(text) = String::from_utf8(bytes) else {
            bail!("the skin's script {name} is not UTF-8 text");
        };
        waiting.push((name, slim(&text)));
    }
    let mut done: Vec<SkinAsset> = Vec::new();
    while !waiting.is_empty() {
        let names: Vec<String> = waiting.iter().map(|(name, _)| name.clone()).collect();
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(name, text)| {
            let mut imports = imports(text);
            !imports.any(|import| names.contains(&target(name, import)))
        });
        if ready.is_empty() {
            bail!(
                "these scripts of the skin import each other in a circle: {}",
                names.join(", ")
            );
        }
        let named: Vec<SkinAsset> = ready
            .into_iter()
            .map(|(name, text)| {
                let text = rewrite(&name, &text, &done);
                SkinAsset::new(name, text.into_bytes())
            })
            .collect();
        done.extend(named);
        waiting = rest;
    }
    Ok(done)
}

/// The modules that a script imports, as it writes them: `from "./words.js"`.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    text.split("from \"").skip(1).filter_map(|rest| {
        let (import, _) = rest.split_once('"')?;
        import.starts_with('.').then_some(import)
    })
}

/// The name of the asset that an import of another asset means.
fn target(name: &str, import: &str) -> String {
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    let mut path = PathBuf::new();
    for part in folder.join(import).components() {
        match part {
            Component::ParentDir => drop(path.pop()),
            Component::Normal(part) => path.push(part),
            _ => {}
        }
    }
    path.to_string_lossy().replace('\\', "/")
}

fn rewrite(name: &str, text: &str, done: &[SkinAsset]) -> String {
    let mut out = text.to_owned();
    for import in imports(text) {
        let target = target(name, import);
        if let Some(asset) = done.iter().find(|asset| asset.name == target) {
            let file = asset.output.rsplit('/').next().unwrap_or(&asset.output);
            out = out.replace(&format!("from \"{import}\""), &format!("from \"./{file}\""));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(modules: &[(&str, &str)]) -> Result<Vec<(String, String)>> {
        let modules = modules
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
        let named = name(modules.collect())?.into_iter();
        Ok(named
            .map(|asset| (asset.output, String::from_utf8(asset.bytes).expect("text")))
            .collect())
    }

    #[test]
    fn modules_import_each_other_by_their_hashed_names() {
        let named = named(&[
            ("a.js", "import { b } from \"./x/b.js\";"),
            (
                "x/b.js",
                "import { c } from \"../c.js\";\nimport d from \"https://host/d.js\";",
            ),
            ("c.js", "export const c = 1;"),
        ])
        .expect("no circle");
        let [(c, _), (b, b_text), (_, a_text)] = named.as_slice() else {
            panic!("{named:?}");
        };
        assert_eq!(
            *a_text,
            format!(
                "import {{ b }} from \"./{}\";\n",
                b.trim_start_matches("assets/")
            )
        );
        assert!(b_text.contains(&format!(
            "from \"./{}\";\n",
            c.trim_start_matches("assets/")
        )));
        assert!(b_text.contains("from \"https://host/d.js\""));
    }

    #[test]
    fn a_circle_is_an_error() {
        let circle = [
            ("a.js", "import \"x\"; import b from \"./b.js\""),
            ("b.js", "import a from \"./a.js\""),
        ];
        let error = named(&circle).expect_err("a circle");
        assert!(error.to_string().contains("a.js, b.js"), "{error}");
    }
}
