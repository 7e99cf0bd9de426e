//! What is said of links that can't stand.

use rustc_hash::FxHashMap;

use super::paths::scheme;
use crate::diagnostics::rules::{self, Rule};
use crate::markdown::assets;
use crate::vocabulary::suggest;

/// Schemes that a link may have; everything else could run code or leave the web.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Endings by which a name is known to be that of a site.
const TOP_LEVELS: [&str; 7] = [".uk", ".org", ".com", ".net", ".eu", ".gov", ".info"];

/// Why a link can't stand.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::markdown) struct Wrong {
    pub(in crate::markdown) rule: &'static Rule,
    pub(in crate::markdown) message: String,
    pub(in crate::markdown) help: Option<String>,
    /// What was probably meant, to put in the place of the destination.
    pub(in crate::markdown) meant: Option<String>,
}

impl Wrong {
    pub(super) fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        Self {
            rule,
            message: message.into(),
            help: None,
            meant: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn meant(mut self, meant: Option<String>) -> Self {
        self.meant = meant;
        self
    }
}

/// What the beginning of a destination tells: `None` for a path of the library, otherwise what is wrong with an address
/// that leads elsewhere, if anything is.
pub(super) fn beginning(destination: &str) -> Option<Option<Wrong>> {
    let unsafe_link = |message: String| Wrong::new(&rules::UNSAFE_LINK, message);
    if destination.chars().any(char::is_control) {
        let wrong = unsafe_link("this link holds control characters".to_owned());
        return Some(Some(wrong.help("write the link anew")));
    }
    if let Some(host) = destination.strip_prefix("//") {
        return Some(Some(no_site().meant(with_site("https", host))));
    }
    if destination.starts_with('\\') {
        return Some(Some(drive(destination)));
    }
    let scheme = scheme(destination)?;
    let is = |known: &str| scheme.eq_ignore_ascii_case(known);
    let rest = &destination[scheme.len() + 1..];
    if is("http") || is("https") {
        let host = rest.strip_prefix("//");
        let named = host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'));
        return Some((!named).then(|| no_site().meant(with_site(scheme, rest))));
    }
    if SCHEMES.iter().any(|known| is(known)) {
        return Some(None);
    }
    if scheme.len() == 1 || is("file") {
        return Some(Some(drive(destination)));
    }
    let message = format!("links that begin with `{scheme}:` are not allowed");
    Some(Some(
        unsafe_link(message).help("links may begin with https:, http:, mailto: or tel:"),
    ))
}

/// An address whose site is not named: browsers make one up out of the page that they are on.
fn no_site() -> Wrong {
    Wrong::new(
        &rules::UNSAFE_LINK,
        "this link doesn't say which site it leads to",
    )
    .help(
        "copy the whole address from the browser; it begins with https:// and the name of the site",
    )
}

fn with_site(scheme: &str, rest: &str) -> Option<String> {
    let rest = rest.trim_start_matches('/');
    (!rest.is_empty()).then(|| format!("{scheme}://{rest}"))
}

/// A place on somebody's computer or on a shared drive.
fn drive(destination: &str) -> Wrong {
    let name = destination.rsplit(['/', '\\']).next().unwrap_or("");
    let wrong = Wrong::new(
        &rules::UNSAFE_LINK,
        "this file is on a drive that readers can't open",
    );
    wrong.help(format!(
        "upload the file into the folder of this page, and write only its name here: {name}"
    ))
}

pub(super) fn absolute(meant: Option<String>) -> Wrong {
    Wrong::new(
        &rules::ABSOLUTE_LINK,
        "a link within the library can't begin with a slash",
    )
    .help("link to the Markdown file, as seen from this one, for instance ../hill/other-study.md")
    .meant(meant)
}

pub(super) fn outside() -> Wrong {
    Wrong::new(&rules::DEAD_LINK, "this link leads out of the library")
        .help("`..` means the folder above; there are too many of them")
}

pub(super) fn draft(destination: &str) -> Wrong {
    Wrong::new(
        &rules::LINK_TO_DRAFT,
        format!("`{destination}` is not published yet, so readers can't see it"),
    )
    .help("take the link out and keep its words, or publish that page first")
}

/// An address of another site, or of a person, without its beginning.
pub(super) fn elsewhere(destination: &str) -> Option<Wrong> {
    let missing = |beginning: &str, what: &str| {
        let message = format!("this link leads nowhere: {what} begins with {beginning}");
        Wrong::new(&rules::DEAD_LINK, message).meant(Some(format!("{beginning}{destination}")))
    };
    if destination.contains('@') && !destination.contains(['/', ' ']) {
        return Some(missing("mailto:", "an e-mail address"));
    }
    let host = destination.split('/').next().unwrap_or("").to_lowercase();
    let is_site = host.starts_with("www.")
        || TOP_LEVELS
            .iter()
            .any(|end| host.ends_with(end) && host.len() > end.len());
    is_site.then(|| missing("https://", "the address of another site"))
}

pub(super) fn dead_link(path: &str, destination: &str, meant: Option<String>) -> Wrong {
    let help = if path.ends_with(".md") {
        "look at the spelling and the folder; `..` means the folder above, as in ../hill/other-study.md"
    } else if assets::is_allowed(path) {
        "look at the spelling, capitals count; or upload the file into the folder of this page"
    } else {
        "link to the Markdown file of a page, not to its address on the site"
    };
    Wrong::new(
        &rules::DEAD_LINK,
        format!("this link leads nowhere: there is no `{destination}`"),
    )
    .help(help)
    .meant(meant)
}

pub(super) fn no_term() -> Wrong {
    Wrong::new(
        &rules::DEAD_LINK,
        "a link to a file of terms must name one of them",
    )
    .help("add # and the id of the term, for instance ../vocabulary/factors.yaml#trust")
}

pub(super) fn dead_term(terms: &FxHashMap<String, String>, id: &str, destination: &str) -> Wrong {
    let mut known: Vec<&str> = terms.keys().map(String::as_str).collect();
    known.sort_unstable();
    let near = suggest::nearest(id, known.into_iter(), 1);
    let file = destination.split('#').next().unwrap_or("");
    Wrong::new(
        &rules::DEAD_FRAGMENT,
        format!("there is no term `{id}` in that file"),
    )
    .help("behind the # stands the `id` of a term, as that file has it")
    .meant(near.first().map(|near| format!("{file}#{near}")))
}

pub(super) fn external_image() -> Wrong {
    Wrong::new(
        &rules::EXTERNAL_IMAGE,
        "images from other sites are not shown, since every reader's visit would be told to that site",
    )
    .help("save the image, upload it into the folder of this page, and write its name here")
}

pub(super) fn dead_image(destination: &str, meant: Option<String>) -> Wrong {
    Wrong::new(
        &rules::DEAD_IMAGE,
        format!("there is no image `{destination}`"),
    )
    .help("look at the spelling, capitals count; or upload the image into the folder of this page")
    .meant(meant)
}

/// A file that is there and is no image, where an image is meant.
pub(super) fn no_image(path: &str) -> Wrong {
    let help = match assets::is_allowed(path) {
        true => "take out the ! before the square bracket to make it a link".to_owned(),
        false => format!("save it as one of: {}", assets::IMAGES.join(", ")),
    };
    Wrong::new(
        &rules::ATTACHMENT_TYPE,
        "this is no image of a type that may be published",
    )
    .help(help)
}

pub(super) fn attachment(path: &str) -> Wrong {
    let message = match path.rsplit_once('.') {
        Some((_, extension)) if !extension.contains('/') => {
            format!("a file of the type `.{extension}` may not be published")
        }
        _ => "a file whose name has no ending may not be published".to_owned(),
    };
    Wrong::new(&rules::ATTACHMENT_TYPE, message).help(save_as(path))
}

/// What a file may be saved as by the program that made it.
fn save_as(path: &str) -> String {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "doc" | "docm" | "rtf" | "pages" => "save it as docx or pdf".to_owned(),
        "xls" | "xlsm" | "xlsb" | "numbers" => "save it as xlsx, csv or pdf".to_owned(),
        "ppt" | "pptm" | "ppsx" | "key" => "save it as pptx or pdf".to_owned(),
        "svg" | "tif" | "tiff" | "bmp" | "heic" | "eps" => "save it as png, jpg or pdf".to_owned(),
        _ => format!("save it as one of: {}", assets::allowed()),
    }
}
