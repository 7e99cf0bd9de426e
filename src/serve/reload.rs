//! The event stream of a page in a browser: word when it has changed, when only its look has, and of what is wrong.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::live::{Live, View};
use super::prints::Prints;
use crate::percent::{decode_text, encode_path};
use crate::render::escape;

/// How soon a browser comes back when the server was away.
const RETRY: Duration = Duration::from_millis(300);

/// A page in a browser: its address, relative to the site, and the version of it that the browser has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    address: String,
    /// `None` of the page that stands in while there is no site.
    prints: Option<Prints>,
}

impl Page {
    pub(super) fn new(address: &str, prints: Option<&Prints>) -> Self {
        Self {
            address: address.to_owned(),
            prints: prints.cloned(),
        }
    }

    /// The elements that make a page follow its changes. No page waits for the script.
    pub(super) fn elements(&self) -> String {
        let mut query = format!("page={}", encode_path(&self.address));
        if let Some(prints) = &self.prints {
            query.push_str(&format!("&content={}&look={}", prints.content, prints.look));
        }
        format!(
            "<meta name=\"caseloom-page\" content=\"{}\">\n\
             <script type=\"module\" async src=\"/_caseloom/reload.js\"></script>\n",
            escape(&query)
        )
    }

    /// Reads what the script of a page asks with.
    pub(super) fn of_query(query: &str) -> Self {
        let value = |key: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            // Scripts write a blank as a plus.
            pairs
                .find(|(name, _)| *name == key)
                .map(|(_, value)| value.replace('+', " "))
        };
        Self {
            address: decode_text(&value("page").unwrap_or_default()).into_owned(),
            prints: value("content").map(|content| Prints {
                content,
                look: value("look").unwrap_or_default(),
            }),
        }
    }
}

/// Answers a page that wants to follow its changes.
pub(super) fn follow(live: &Live, page: Page) -> Response {
    let follower = Follower {
        views: live.follow(),
        page,
        panel: Arc::default(),
        waiting: VecDeque::from([Event::default().retry(RETRY)]),
        is_new: true,
    };
    let events = stream::unfold(follower, |mut follower| async {
        let event = follower.next().await?;
        Some((Ok::<_, Infallible>(event), follower))
    });
    Sse::new(events)
        .keep_alive(KeepAlive::default())
        .into_response()
}

/// A page in a browser, and what it has been told.
struct Follower {
    views: watch::Receiver<View>,
    page: Page,
    /// The panel that it shows.
    panel: Arc<str>,
    waiting: VecDeque<Event>,
    /// It has not been compared yet.
    is_new: bool,
}

impl Follower {
    /// The next word; `None` when the server ends.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if !std::mem::take(&mut self.is_new) {
                self.views.changed().await.ok()?;
            }
            let view = self.views.borrow_and_update().clone();
            let address = self.page.address.clone();
            // Making a page is work that other streams need not wait for.
            let shown = view.clone();
            let prints = spawn_blocking(move || shown.prints(&address)).await.ok()?;
            self.compare(prints, &view);
        }
    }

    fn compare(&mut self, now: Option<Prints>, view: &View) {
        if let Some(now) = now
            && self.page.prints.as_ref() != Some(&now)
        {
            let had = self.page.prints.replace(now.clone());
            if had.is_none_or(|had| had.content != now.content) {
                // The page that comes asks for everything anew.
                self.waiting
                    .push_back(Event::default().event("reload").data("page"));
                return;
            }
            self.waiting.push_back(look(&now, view));
        }
        if self.panel != view.panel {
            self.panel = view.panel.clone();
            let panel = serde_json::Value::from(&*self.panel).to_string();
            self.waiting
                .push_back(Event::default().event("problems").data(panel));
        }
    }
}

/// The stylesheets as they are now.
fn look(now: &Prints, view: &View) -> Event {
    let site = view.site.as_ref();
    let stylesheets = site.map_or(&[][..], |site| &site.stylesheets[..]);
    let data = serde_json::json!({ "look": now.look, "stylesheets": stylesheets });
    Event::default().event("look").data(data.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_again_by_what_its_script_asks_with() {
        let prints = Prints::of(b"x");
        for (address, prints) in [
            ("", Some(&prints)),
            ("studies/a&b=c+d é/", Some(&prints)),
            ("x", None),
        ] {
            let page = Page::new(address, prints);
            let elements = page.elements();
            let query = elements.split('"').nth(3).expect("a query");
            assert_eq!(
                Page::of_query(&query.replace("&amp;", "&")),
                page,
                "{elements}"
            );
        }
        // As a browser writes a blank.
        assert_eq!(Page::of_query("page=a+b"), Page::new("a b", None));
    }
}
