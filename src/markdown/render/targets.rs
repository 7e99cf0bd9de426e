//! Links and images: where they lead, and what is said when they lead nowhere.

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::fragments::Fragment;
use super::{InternalLink, OpenImage, OpenLink, Writer};
use crate::diagnostics::Span;
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
        let rewritten = if link_type == LinkType::Email {
            Some(destination)
        } else {
            match self.links.link(self.sink.path(), &destination) {
                Resolved::External => {
                    if let Some(wrong) = self.links.own_site(self.sink.path(), &destination) {
                        let place = self.destination(&range, link_type, &id, &destination);
                        self.wrong(wrong, &range, place.as_ref());
                    }
                    Some(destination)
                }
                Resolved::Fragment(fragment) => {
                    let place = self.destination(&range, link_type, &id, &destination);
                    let fragment = self.fragment(fragment, &range, place.as_ref());
                    self.own_fragments.push(fragment);
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
                    let fragment = fragment.map(|fragment| {
                        let place = self.destination(&range, link_type, &id, &destination);
                        self.fragment(fragment, &range, place.as_ref())
                    });
                    self.internal.push(InternalLink {
                        target: source,
                        fragment,
                        span: self.place(&range),
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
                    let place = self.destination(&range, link_type, &id, &destination);
                    self.wrong(wrong, &range, place.as_ref());
                    None
                }
            }
        };
        self.open_links.push(OpenLink {
            written: rewritten.is_some(),
            words: String::new(),
            span: self.place(&range),
        });
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
        if let Some(image) = &mut self.open_image {
            // An image in the text of an image: only its words count, whatever it points at.
            image.depth += 1;
            if image.written {
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
                let place = self.destination(&range, link_type, &id, destination);
                self.wrong(wrong, &range, place.as_ref());
                None
            }
            _ => None,
        };
        self.open_image = Some(OpenImage {
            depth: 1,
            written: address.is_some(),
            words: String::new(),
            span: self.place(&range),
        });
        if let Some(address) = address {
            self.push(Event::Start(Tag::Image {
                link_type,
                dest_url: CowStr::from(address),
                title,
                id,
            }));
        }
    }

    /// The bytes of the body that are the destination of a link.
    fn destination(
        &self,
        link: &Span,
        link_type: LinkType,
        label: &str,
        destination: &str,
    ) -> Option<Span> {
        self.definitions
            .place(self.body, link, link_type, label, destination)
    }

    /// What stands behind the `#` of a link, with its place.
    fn fragment(&self, id: String, link: &Span, destination: Option<&Span>) -> Fragment {
        let exact = destination.and_then(|place| {
            let at = self.body[place.clone()].find('#')?;
            Some(place.start + at..place.end)
        });
        Fragment {
            id,
            span: self.place(exact.as_ref().unwrap_or(link)),
            exact: exact.is_some(),
        }
    }

    /// Reports a link at its destination, where that can be found in the source; else at the whole link.
    fn wrong(&mut self, wrong: Wrong, link: &Span, destination: Option<&Span>) {
        let span = self.place(destination.unwrap_or(link));
        let mut diagnostic = self.sink.diagnostic(wrong.rule, span, wrong.message);
        match wrong.meant {
            Some(meant) if destination.is_some() => {
                let label = format!("did you mean `{meant}`?");
                diagnostic = diagnostic.suggest(meant, label);
            }
            Some(meant) => diagnostic = diagnostic.help(format!("did you mean {meant}?")),
            None => {}
        }
        if let (Some(help), None) = (wrong.help, &diagnostic.help) {
            diagnostic = diagnostic.help(help);
        }
        self.sink.push(diagnostic);
    }
}
