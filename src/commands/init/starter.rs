//! What a new library holds: the list of its files, made from texts that are part of the program.

use std::borrow::Cow;

use anyhow::{Context, Result};
use jiff::civil::Date;

use crate::source::{Kind, SourceFile};
use crate::{config, pipeline, schema};

/// What the texts leave open.
#[derive(Debug, Clone, Copy)]
pub(super) struct Values<'v> {
    /// Name of the library: one line.
    pub(super) title: &'v str,
    /// Address of caseloom's repository, or nothing.
    pub(super) tool: &'v str,
    /// The day on which the library begins.
    pub(super) today: Date,
}

/// A file of a new library.
#[derive(Debug)]
pub(super) struct StarterFile {
    /// Path from the root of the library, with `/`.
    pub(super) path: &'static str,
    /// Its text.
    pub(super) text: Cow<'static, str>,
    /// What an existing file of this name means.
    pub(super) if_there: IfThere,
}

/// What to do when a file exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IfThere {
    /// It is in the way: nothing is written.
    Stop,
    /// It stays, with a remark for its owner. A fresh clone often has such files.
    Keep(&'static str),
}

/// The study that stands there as an example.
pub(super) const EXAMPLE: &str = "content/studies/wirral-primary-care-network.md";

/// Where the workflows say where caseloom lives.
pub(super) const TOOL_ACTION: &str = ".github/actions/caseloom/action.yml";

macro_rules! starter {
    ($path:literal) => {
        include_str!(concat!("starter/", $path))
    };
}

macro_rules! vocabulary {
    ($($name:literal)*) => {
        [$((
            concat!("content/vocabulary/", $name),
            include_str!(concat!("../../../content/vocabulary/", $name)),
        )),*]
    };
}

/// The vocabulary of the library in this repository, with which every new library begins.
const VOCABULARY: [(&str, &str); 5] =
    vocabulary!("factors.yaml" "frameworks.yaml" "glossary.yaml" "systems.yaml" "themes.yaml");

/// Files that are taken as they are. Folders that begin with a dot stand without it in the source.
const FIXED: [(&str, &str); 9] = [
    (
        ".github/pull_request_template.md",
        starter!("github/pull_request_template.md"),
    ),
    (
        ".github/workflows/check.yml",
        starter!("github/workflows/check.yml"),
    ),
    (
        ".github/workflows/publish.yml",
        starter!("github/workflows/publish.yml"),
    ),
    (
        ".vscode/extensions.json",
        starter!("vscode/extensions.json"),
    ),
    (".vscode/settings.json", starter!("vscode/settings.json")),
    (
        "content/evidence/sources.yaml",
        starter!("content/evidence/sources.yaml"),
    ),
    ("content/pages/about.md", starter!("content/pages/about.md")),
    (
        "content/pages/contribute.md",
        starter!("content/pages/contribute.md"),
    ),
    // Git keeps no empty folder; a hidden file is passed over when content is read.
    ("content/reviews/.gitkeep", ""),
];

/// All files of a new library, sorted by path.
///
/// # Errors
/// When what is made of the other files can't be made.
pub(super) fn files(values: &Values) -> Result<Vec<StarterFile>> {
    let stop = |(path, text): (&'static str, &'static str)| StarterFile {
        path,
        text: text.into(),
        if_there: IfThere::Stop,
    };
    let filled = |path, text: String, if_there| StarterFile {
        path,
        text: text.into(),
        if_there,
    };
    let mut files: Vec<StarterFile> = FIXED.into_iter().chain(VOCABULARY).map(stop).collect();
    files.extend([
        filled(
            "site-config.toml",
            starter!("site-config.toml").replace("{title}", &in_toml(values.title)),
            IfThere::Stop,
        ),
        filled(
            EXAMPLE,
            starter!("content/studies/wirral-primary-care-network.md")
                .replace("{today}", &values.today.to_string()),
            IfThere::Stop,
        ),
        filled(
            TOOL_ACTION,
            starter!("github/actions/caseloom/action.yml").replace("{tool}", values.tool),
            IfThere::Stop,
        ),
        filled(
            "README.md",
            starter!("README.md").replace("{title}", values.title),
            IfThere::Keep("say in it what the library is and how to change it"),
        ),
        filled(
            ".gitignore",
            starter!("gitignore").to_owned(),
            IfThere::Keep("add the lines /public/ and /site/"),
        ),
    ]);
    let generated = generated(&files, values.today)?;
    files.extend(generated);
    files.sort_by_key(|file| file.path);
    Ok(files)
}

/// Files made from the vocabulary: the schema of a study for editors (`schema/study.schema.json`, to which
/// `.vscode/settings.json` points), and the forms of editors in a browser (`.pages.yml`).
fn generated(files: &[StarterFile], today: Date) -> Result<Vec<StarterFile>> {
    let text_of = |path: &str| files.iter().find(|file| file.path == path);
    let config = text_of(config::FILE_NAME).context("a new library has no configuration")?;
    let config = config::parse(&config.text)?;
    let words = files.iter().filter_map(|file| {
        let kind = match file.path {
            path if path.starts_with("content/vocabulary/") => Kind::Vocabulary,
            path if path.starts_with("content/evidence/") => Kind::Evidence,
            _ => return None,
        };
        Some(SourceFile::new(
            &file.path.into(),
            kind,
            file.text.to_string(),
        ))
    });
    let (library, _) = pipeline::words_of(&config, words.collect(), today);
    let study = schema::study(&library, &config);
    let study = serde_json::to_string_pretty(&study).context("cannot write the schema")?;
    let made = |path, text: String| StarterFile {
        path,
        text: text.into(),
        if_there: IfThere::Stop,
    };
    Ok(vec![
        made("schema/study.schema.json", format!("{study}\n")),
        made(".pages.yml", schema::pages_cms(&library.vocabulary)),
    ])
}

/// A text between the double quotes of a TOML string. Control characters were refused.
fn in_toml(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
