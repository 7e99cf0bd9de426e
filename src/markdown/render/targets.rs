//! Links and images: where they lead, and what is said when they lead nowhere.

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::{InternalLink, Writer};
use crate::diagnostics::{Sink, Span, rules};
use crate::markdown::headings::Heading;
use crate::markdown::links::{Resolved, Wrong};

impl<'t> Writer<'_, 't> {
    pub(super) fn start_link(
        &mut self,
        link_type: LinkType,
        destination: CowStr<'t>,
        title: CowStr<'t>,
        id: CowStr<'t>,
        range: Span,
    ) {
        let span = self.place(&range);
        let rewritten = if link_type == LinkType::Email {
            Some(destination)
        } else {
            match self.links.link(self.sink.path(), &destination) {
                Resolved::External => Some(destination),
                Resolved::Fragment(fragment) => {
                    self.own_fragments.push((fragment, span));
                    Some(destination)
                }
                Resolved::Page {
                    source,
                    address,
                    fragment,
                } => {
                    let mut href = format!("{}{address}", self.root);
                    if let Some(fragment) = &fragment {
                        href.push('#');
                        href.push_str(fragment);
                    }
                    self.internal.push(InternalLink {
                        target: source,
                        fragment,
                        span,
                    });
                    Some(CowStr::from(href))
                }
                Resolved::Address(address) => Some(CowStr::from(format!("{}{address}", self.root))),
                Resolved::Asset {
                    path,
                    address,
                    fragment,
                } => {
                    self.assets.push(path);
                    let fragment = fragment.map_or_else(String::new, |text| format!("#{text}"));
                    Some(CowStr::from(format!("{}{address}{fragment}", self.root)))
                }
                Resolved::Unknown => None,
                Resolved::Wrong(wrong) => {
                    self.wrong(wrong, &destination, &range);
                    None
                }
            }
        };
        self.open_links.push(rewritten.is_some());
        if let Some(dest_url) = rewritten {
            self.push(Event::Start(Tag::Link {
                link_type,
                dest_url,
                title,
                id,
            }));
        }
    }

    pub(super) fn start_image(
        &mut self,
        link_type: LinkType,
        destination: &str,
        title: CowStr<'t>,
        id: CowStr<'t>,
        range: Span,
    ) {
        if let Some((depth, written)) = self.open_image {
            // An image in the text of an image: only its words count, whatever it points at.
            self.open_image = Some((depth + 1, written));
            if written {
                self.push(Event::Start(Tag::Image {
                    link_type,
                    dest_url: CowStr::from(""),
                    title: CowStr::from(""),
                    id,
                }));
            }
            return;
        }
        let address = match self.links.image(self.sink.path(), destination) {
            Resolved::Asset { path, address, .. } => {
                self.assets.push(path);
                Some(format!("{}{address}", self.root))
            }
            Resolved::Wrong(wrong) => {
                self.wrong(wrong, destination, &range);
                None
            }
            _ => None,
        };
        self.open_image = Some((1, address.is_some()));
        if let Some(address) = address {
            self.push(Event::Start(Tag::Image {
                link_type,
                dest_url: CowStr::from(address),
                title,
                id,
            }));
        }
    }

    /// Reports a link at its destination, where that can be found in the source; else at the whole link.
    pub(super) fn wrong(&mut self, wrong: Wrong, destination: &str, range: &Span) {
        let source = &self.body[range.clone()];
        let (span, exact) = match source.rfind(destination) {
            Some(at) if !destination.is_empty() => {
                let start = range.start + at;
                (start..start + destination.len(), true)
            }
            _ => (range.clone(), false),
        };
        let span = self.place(&span);
        let mut diagnostic = self.sink.diagnostic(wrong.rule, span, wrong.message);
        if let Some(help) = wrong.help {
            diagnostic = diagnostic.help(help);
        }
        if let Some(meant) = wrong.meant.filter(|_| exact) {
            let label = format!("did you mean `{meant}`?");
            diagnostic = diagnostic.suggest(meant, label);
        }
        self.sink.push(diagnostic);
    }
}

/// For how many dead fragments of one file the nearest headings are looked for.
pub(crate) const SUGGESTED: usize = 20;
/// How many headings of a page a message names.
const HEADINGS: usize = 10;

/// Reports a fragment that names no heading, with the nearest that exist.
pub(crate) fn report_fragment(
    fragment: &str,
    span: &Span,
    headings: &[Heading],
    suggest: bool,
    sink: &mut Sink,
) {
    let ids = || headings.iter().map(|heading| heading.id.as_str());
    let mut diagnostic = sink.diagnostic(
        &rules::DEAD_FRAGMENT,
        span.clone(),
        format!("there is no heading `#{fragment}` on the page that this leads to"),
    );
    let near = if suggest {
        crate::vocabulary::suggest::nearest(fragment, ids(), 3)
    } else {
        Vec::new()
    };
    diagnostic = diagnostic.help(if !near.is_empty() {
        format!("did you mean #{}?", near.join(" or #"))
    } else if headings.is_empty() {
        "that page has no headings".to_owned()
    } else {
        let first: Vec<_> = ids().take(HEADINGS).collect();
        let more = if headings.len() > HEADINGS {
            " and more"
        } else {
            ""
        };
        format!("its headings are #{}{more}", first.join(", #"))
    });
    sink.push(diagnostic);
}
