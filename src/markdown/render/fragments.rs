//! What stands behind the `#` of a link.

use serde::{Deserialize, Serialize};

use crate::diagnostics::{Sink, Span, rules};
use crate::markdown::headings::Heading;
use crate::vocabulary::suggest::nearest;

/// For how many dead fragments of one file the nearest headings are looked for.
pub(crate) const SUGGESTED: usize = 20;
/// How many headings of a page a message names.
const HEADINGS: usize = 10;

/// The heading that a link names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment {
    /// Its id, without `#`.
    pub id: String,
    /// Where it stands in the file that links, with its `#`; the whole link where it can't be told apart.
    pub span: Span,
    /// Whether the span holds the fragment and nothing else, so that another can be put in its place.
    pub exact: bool,
}

impl Fragment {
    /// Reports that this names no heading, with the nearest that exist. `page` says where it leads: "this page".
    pub(crate) fn report(&self, page: &str, headings: &[Heading], suggest: bool, sink: &mut Sink) {
        let ids = || headings.iter().map(|heading| heading.id.as_str());
        let mut diagnostic = sink.diagnostic(
            &rules::DEAD_FRAGMENT,
            self.span.clone(),
            format!("there is no heading `#{}` on {page}", self.id),
        );
        let near = match suggest {
            true => nearest(&self.id, ids(), 3),
            false => Vec::new(),
        };
        if !near.is_empty() && self.exact {
            for near in near {
                diagnostic =
                    diagnostic.suggest(format!("#{near}"), format!("did you mean `#{near}`?"));
            }
        } else if !near.is_empty() {
            diagnostic = diagnostic.help(format!("did you mean #{}?", near.join(" or #")));
        } else if headings.is_empty() {
            diagnostic =
                diagnostic.help("that page has no headings; leave out the # and what follows");
        } else {
            let first: Vec<_> = ids().take(HEADINGS).collect();
            let more = if headings.len() > HEADINGS {
                " and more"
            } else {
                ""
            };
            diagnostic = diagnostic.help(format!("its headings are #{}{more}", first.join(", #")));
        }
        sink.push(diagnostic);
    }
}
