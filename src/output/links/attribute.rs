//! The attributes that link and are linked to.

use serde::{Deserialize, Serialize};

/// An attribute that links somewhere or that can be linked to.
pub(super) struct Attribute<'a> {
    pub(super) element: Element,
    pub(super) name: Name,
    /// The value as it is written, entities not decoded; empty when the attribute has none.
    pub(super) value: &'a [u8],
}

/// The elements whose attributes have a meaning of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Anchor,
    /// `area` and `link`, which like `a` name a page and don't load one into this page.
    Hyperlink,
    Base,
    Form,
    Object,
    Other,
}

impl Element {
    /// The element of a name, in any case.
    pub(super) fn of(name: &[u8]) -> Self {
        let is = |other: &[u8]| name.eq_ignore_ascii_case(other);
        match name.len() {
            1 if is(b"a") => Self::Anchor,
            4 if is(b"area") || is(b"link") => Self::Hyperlink,
            4 if is(b"base") => Self::Base,
            4 if is(b"form") => Self::Form,
            6 if is(b"object") => Self::Object,
            _ => Self::Other,
        }
    }
}

/// The attributes that are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Name {
    Id,
    /// `name` of an `a`, the older way to mark a place.
    Anchor,
    Href,
    XlinkHref,
    Src,
    Srcset,
    ImageSrcset,
    Poster,
    Action,
    FormAction,
    Data,
}

impl Name {
    /// The attribute of a name, when it is looked at on such an element.
    #[inline]
    pub(super) fn of(name: &[u8], element: Element) -> Option<Self> {
        let is = |other: &[u8]| name.eq_ignore_ascii_case(other);
        match name.len() {
            2 if is(b"id") => Some(Self::Id),
            3 if is(b"src") => Some(Self::Src),
            4 if is(b"href") && element != Element::Base => Some(Self::Href),
            4 if is(b"name") && element == Element::Anchor => Some(Self::Anchor),
            4 if is(b"data") && element == Element::Object => Some(Self::Data),
            6 if is(b"srcset") => Some(Self::Srcset),
            6 if is(b"poster") => Some(Self::Poster),
            6 if is(b"action") && element == Element::Form => Some(Self::Action),
            10 if is(b"xlink:href") => Some(Self::XlinkHref),
            10 if is(b"formaction") => Some(Self::FormAction),
            11 if is(b"imagesrcset") => Some(Self::ImageSrcset),
            _ => None,
        }
    }

    /// The name as it is written in HTML.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Anchor => "name",
            Self::Href => "href",
            Self::XlinkHref => "xlink:href",
            Self::Src => "src",
            Self::Srcset => "srcset",
            Self::ImageSrcset => "imagesrcset",
            Self::Poster => "poster",
            Self::Action => "action",
            Self::FormAction => "formaction",
            Self::Data => "data",
        }
    }
}
