//! The page of a theme, and the list of themes.

use tera::Value;

use super::super::value::{list, object, text};
use super::review::review_card;
use super::studies::newest;
use super::{Counts, Fields, Site, alias_words, bar, bars};
use crate::content::{Direction, Study};
use crate::id::Id;
use crate::vocabulary::Theme;

/// How many neighbouring themes are named.
const NEIGHBOURS: usize = 5;

/// Values of `theme.html`.
pub(in crate::render) fn theme(id: Id<Theme>, site: &Site<'_>) -> Fields {
    let vocabulary = &site.library.vocabulary;
    let theme = vocabulary.themes.get(id);
    let reviews = site
        .library
        .reviews()
        .iter()
        .filter(|review| review.is_listed() && review.themes.contains(&id))
        .map(review_card);
    let factors = || {
        let factors = vocabulary.factors.iter();
        factors.filter(|(_, factor)| factor.theme == id || factor.also.contains(&id))
    };
    let bars = bars(factors().map(|(factor, _)| site.counts(factor)));
    let rows = |primary: bool| {
        list(
            factors()
                .filter(|(_, factor)| (factor.theme == id) == primary)
                .map(|(factor, _)| site.factor_row(factor, site.counts(factor), bars)),
        )
    };
    let references = site
        .library
        .references
        .iter()
        .filter(|(_, reference)| reference.themes.contains(&id))
        .map(|(reference, _)| site.cards.reference(reference));
    vec![
        (
            "theme",
            object([
                ("id", text(&theme.id)),
                ("label", text(&theme.label)),
                ("definition", text(&theme.definition)),
                ("aliases", alias_words(&theme.label, &theme.aliases)),
                ("balance", balance(id, site).value()),
                ("feed", text(format!("themes/{}/feed.xml", theme.id))),
            ]),
        ),
        ("reviews", list(reviews)),
        ("factors", rows(true)),
        ("further_factors", rows(false)),
        ("studies", newest(site.lists.of_theme(id), site)),
        ("neighbours", list(neighbours(id, site))),
        ("references", list(references)),
    ]
}

/// How often the factors of a theme helped and hindered: citations of factors whose primary theme it is.
pub(super) fn balance(id: Id<Theme>, site: &Site<'_>) -> Counts {
    let mut balance = Counts::default();
    for (factor, term) in site.library.vocabulary.factors.iter() {
        if term.theme == id {
            for direction in Direction::ALL {
                for _ in site.graph.tags.factor(factor, direction) {
                    balance.add(direction);
                }
            }
        }
    }
    balance
}

/// The themes that share the largest part of their studies with this one (Jaccard index), nearest first.
fn neighbours<'s>(id: Id<Theme>, site: &'s Site<'_>) -> impl Iterator<Item = Value> + use<'s> {
    let own = site.graph.tags.theme(id);
    let mut near: Vec<(usize, usize, Id<Theme>)> = site
        .library
        .vocabulary
        .themes
        .ids()
        .filter(|other| *other != id)
        .filter_map(|other| {
            let others = site.graph.tags.theme(other);
            let shared = shared(own, others);
            let all = own.len() + others.len() - shared;
            // Thousandths, so that the order depends on whole numbers alone.
            (shared > 0).then(|| (shared * 1000 / all, shared, other))
        })
        .collect();
    near.sort_by_key(|&(part, shared, other)| (std::cmp::Reverse((part, shared)), other));
    near.truncate(NEIGHBOURS);
    near.into_iter().map(move |(_, shared, other)| {
        object([
            ("theme", site.theme_link(other)),
            ("shared", Value::from(shared)),
        ])
    })
}

/// How many ids two sorted lists share.
fn shared(a: &[Id<Study>], b: &[Id<Study>]) -> usize {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut count = 0;
    while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => {
                a.next();
            }
            std::cmp::Ordering::Greater => {
                b.next();
            }
            std::cmp::Ordering::Equal => {
                count += 1;
                a.next();
                b.next();
            }
        }
    }
    count
}

/// Values of `themes.html`.
pub(in crate::render) fn themes(site: &Site<'_>) -> Fields {
    vec![("themes", theme_rows(site))]
}

/// Every theme with its balance and the number of its studies and reviews.
pub(super) fn theme_rows(site: &Site<'_>) -> Value {
    let themes = &site.library.vocabulary.themes;
    let balances: Vec<Counts> = themes.ids().map(|id| balance(id, site)).collect();
    let bars = bars(balances.iter().copied());
    list(themes.iter().zip(balances).map(|((id, theme), balance)| {
        let reviews = site
            .library
            .reviews()
            .iter()
            .filter(|review| review.is_listed() && review.themes.contains(&id))
            .count();
        object([
            ("id", text(&theme.id)),
            ("label", text(&theme.label)),
            ("path", text(theme.output_path())),
            ("definition", text(&theme.definition)),
            ("balance", balance.value()),
            ("bar", bar(balance, bars)),
            ("studies", Value::from(site.graph.tags.theme(id).len())),
            ("reviews", Value::from(reviews)),
        ])
    }))
}
