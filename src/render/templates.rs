//! Templates and assets of a skin: the default ones are part of the binary, files under `themes/<name>/` override them
//! by the same name, and may build on what they override by the name `default/…`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow, bail};
use tera::Tera;
use walkdir::WalkDir;

use super::modules;
use super::slim::slim;
use crate::memo::{Key, key_of};

macro_rules! embedded {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_bytes!(concat!("../../themes/default/", $folder, "/", $name)))),*]
    };
}

pub(super) static TEMPLATES: &[(&str, &[u8])] = embedded!("templates":
    "base.html" "components.html" "home.html" "studies.html" "study.html" "themes.html" "theme.html" "factors.html"
    "factor.html" "systems.html" "system.html" "reviews.html" "review.html" "references.html" "reference.html"
    "glossary.html" "compare.html" "pair.html" "network.html" "page.html" "data.html" "configurations.html" "search.html"
    "matrix.html" "sightings.html" "frameworks.html" "framework.html" "not_found.html" "redirect.html");

static ASSETS: &[(&str, &[u8])] = embedded!("assets":
    "beside.js" "compare.js" "copy.js" "favicon.svg" "scheme.js" "sort.js" "style.css" "switch.js" "search/bytes.js"
    "search/csv.js" "search/facets.js" "search/index.js" "search/page.js" "search/query.js" "search/text.js"
    "search/words.js");

/// Types that a skin may bring.
const ASSET_TYPES: [&str; 9] = [
    "css", "js", "png", "jpg", "webp", "avif", "ico", "svg", "woff2",
];

/// The look of a site: templates that are ready to render, and files that pages link to.
#[derive(Debug)]
pub struct Skin {
    pub(super) tera: Tera,
    pub(super) assets: Vec<SkinAsset>,
    /// The files of the library that it was read from, with their hashes.
    files: Vec<(Arc<str>, Key)>,
}

impl Skin {
    /// The files of the library that it was read from, with their hashes.
    pub(crate) fn files(&self) -> &[(Arc<str>, Key)] {
        &self.files
    }

    /// The addresses of its stylesheets.
    pub fn stylesheets(&self) -> impl Iterator<Item = &str> {
        let addresses = self.assets.iter().map(|asset| asset.output.as_str());
        addresses.filter(|address| address.ends_with(".css"))
    }
}

/// A file of a skin, under a name with a hash of its content.
#[derive(Debug)]
pub(super) struct SkinAsset {
    /// Its name in the skin: `style.css`.
    pub(super) name: String,
    /// Its address, relative to the site: `assets/style-0123456789ab.css`.
    pub(super) output: String,
    pub(super) bytes: Vec<u8>,
}

impl SkinAsset {
    pub(super) fn new(name: String, bytes: Vec<u8>) -> Self {
        Self {
            output: hashed_name(&name, &bytes),
            name,
            bytes,
        }
    }

    /// Whether only the search page needs it.
    pub(super) fn is_of_search(&self) -> bool {
        self.name.starts_with("search/")
    }
}

/// Loads the default skin and, over it, `themes/<name>/` of the library at `root`.
///
/// # Errors
/// When a template can't be read or has a mistake (with its place), or the skin is named but not there.
pub fn load(root: &Path, name: &str) -> Result<Skin> {
    let folder = root.join("themes").join(name);
    if name != "default" && !folder.is_dir() {
        bail!(
            "there is no skin `{name}`: {} is no folder",
            folder.display()
        );
    }
    for folder in [root.join("themes"), folder.clone()] {
        if folder.is_symlink() {
            bail!("a skin can't hold symbolic links: {}", folder.display());
        }
    }
    let mut templates: BTreeMap<String, String> = BTreeMap::new();
    for (name, bytes) in TEMPLATES {
        let text = std::str::from_utf8(bytes).context("an embedded template is not UTF-8")?;
        templates.insert((*name).to_owned(), text.to_owned());
    }
    let mut read = Vec::new();
    for (file, bytes) in files(&folder.join("templates"))? {
        read.push((
            format!("themes/{name}/templates/{file}").into(),
            key_of([&bytes[..]]),
        ));
        let name = file;
        if name.ends_with(".html") {
            let text = String::from_utf8(bytes)
                .map_err(|_| anyhow!("the template {name} is not UTF-8 text"))?;
            override_template(&mut templates, name, text);
        }
    }
    let mut tera = Tera::new();
    tera.add_raw_templates(templates)
        .map_err(|error| anyhow!("a template can't be used\n{error}"))?;

    let mut assets: BTreeMap<String, Vec<u8>> = ASSETS
        .iter()
        .map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()))
        .collect();
    for (file, bytes) in files(&folder.join("assets"))? {
        read.push((
            format!("themes/{name}/assets/{file}").into(),
            key_of([&bytes[..]]),
        ));
        let name = file;
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        if !ASSET_TYPES.contains(&extension) {
            bail!(
                "the skin's asset {name} is of no type that may be published ({})",
                ASSET_TYPES.join(", ")
            );
        }
        let bytes = import_default(&name, bytes);
        assets.insert(name, bytes);
    }
    Ok(Skin {
        tera,
        assets: name_assets(assets)?,
        files: read,
    })
}

/// Puts a template in the place of the default one, which stays as `default/<name>` for it to extend.
fn override_template(templates: &mut BTreeMap<String, String>, name: String, text: String) {
    let default = TEMPLATES.iter().find(|(known, _)| *known == name);
    if let (Some(_), Some(old)) = (default, templates.get(&name))
        && *old != text
    {
        let old = old.clone();
        templates.insert(format!("default/{name}"), old);
    }
    templates.insert(name, text);
}

/// Puts the default stylesheet where one of the same name imports it, so that a page still loads a single file.
fn import_default(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let import = format!("@import \"default/{name}\";");
    let default = ASSETS.iter().find(|(known, _)| *known == name);
    let place = memchr::memmem::find(&bytes, import.as_bytes());
    let (Some((_, default)), Some(at)) = (default, place) else {
        return bytes;
    };
    [&bytes[..at], default, &bytes[at + import.len()..]].concat()
}

/// Gives every asset its hashed name. Those that name others, modules and stylesheets, come after these.
fn name_assets(assets: BTreeMap<String, Vec<u8>>) -> Result<Vec<SkinAsset>> {
    let (modules, others): (Vec<_>, Vec<_>) = assets
        .into_iter()
        .partition(|(name, _)| name.ends_with(".js"));
    let (sheets, others): (Vec<_>, Vec<_>) = others
        .into_iter()
        .partition(|(name, _)| name.ends_with(".css"));
    let mut done: Vec<SkinAsset> = others
        .into_iter()
        .map(|(name, bytes)| SkinAsset::new(name, bytes))
        .collect();
    let count = done.len();
    for (name, bytes) in sheets {
        let bytes = match String::from_utf8(bytes) {
            Ok(css) => slim(&rewrite_urls(&css, &done[..count])).into_bytes(),
            Err(error) => error.into_bytes(),
        };
        done.push(SkinAsset::new(name, bytes));
    }
    done.extend(modules::name(modules)?);
    Ok(done)
}

/// Puts the hashed names of assets into the `url(…)` of a stylesheet; all assets lie in one folder.
fn rewrite_urls(css: &str, assets: &[SkinAsset]) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find("url(") {
        let (before, after) = rest.split_at(at + 4);
        out.push_str(before);
        let end = after.find(')').unwrap_or(after.len());
        let name = after[..end].trim().trim_matches(['"', '\'']);
        match assets.iter().find(|asset| asset.name == name) {
            Some(asset) => {
                let file = asset.output.rsplit('/').next().unwrap_or(&asset.output);
                out.push_str(&format!("\"{file}\""));
            }
            None => out.push_str(&after[..end]),
        }
        rest = &after[end..];
    }
    out.push_str(rest);
    out
}

fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    let stem = crate::slug::slugify(stem);
    let hash = blake3::hash(bytes).to_hex();
    format!("assets/{stem}-{}.{extension}", &hash[..12])
}

/// The files of a folder with their names relative to it, sorted. A folder that isn't there has none.
fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut files = Vec::new();
    if !folder.is_dir() {
        return Ok(files);
    }
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.with_context(|| format!("cannot read the skin {}", folder.display()))?;
        if entry.path_is_symlink() {
            bail!(
                "a skin can't hold symbolic links: {}",
                entry.path().display()
            );
        }
        if !entry.file_type().is_file() {
            continue;
        }
        let name = entry
            .path()
            .strip_prefix(folder)
            .unwrap_or(entry.path())
            .to_string_lossy()
            .replace('\\', "/");
        if name.split('/').any(|part| part.starts_with('.')) {
            continue;
        }
        let bytes = std::fs::read(entry.path())
            .with_context(|| format!("cannot read {}", entry.path().display()))?;
        files.push((name, bytes));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stylesheets_name_other_assets_by_their_hashed_names() {
        let assets = BTreeMap::from([
            (
                "a.css".to_owned(),
                b"x{src:url('f.woff2')}y{b:url(data:x)}z{c:url(g.png".to_vec(),
            ),
            ("f.woff2".to_owned(), b"font".to_vec()),
        ]);
        let named = name_assets(assets).expect("no modules");
        let font = named[0].output.trim_start_matches("assets/");
        let css = String::from_utf8(named[1].bytes.clone()).expect("text");
        assert_eq!(
            css,
            format!("x{{src:url(\"{font}\")}}y{{b:url(data:x)}}z{{c:url(g.png\n")
        );
    }
}
