//! The kinds of term that a vocabulary has.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::date::PartialDate;
use crate::diagnostics::{Span, Spanned};
use crate::id::Id;
use crate::slug::anchors;

/// What all terms have.
pub trait Term {
    /// The word for it in messages.
    const WHAT: &'static str;
    /// Where terms of this kind are written, for messages.
    const WHERE: &'static str;
    /// What else may help somebody who looks for one in vain; begins with a semicolon.
    const HINT: &'static str = "";
    /// Its id: a slug, unique among its kind.
    fn id(&self) -> &str;
    /// Its name.
    fn label(&self) -> &str;
    /// Other words for it.
    fn aliases(&self) -> &[Spanned<String>];
    /// Under what registers have it.
    fn codes(&self) -> Vec<&str> {
        Vec::new()
    }
    /// Where it was written.
    fn place(&self) -> &Place;
    /// That it is no longer used, if so.
    fn deprecated(&self) -> Option<Deprecated<'_>> {
        None
    }
}

/// A term that is no longer used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deprecated<'t> {
    /// Why.
    pub why: Option<&'t str>,
    /// The id of the term to use instead.
    pub replaced_by: Option<&'t str>,
}

impl<'t> Deprecated<'t> {
    /// One of the two is enough.
    fn of(why: &'t Option<String>, replaced_by: &'t Option<Spanned<String>>) -> Option<Self> {
        let deprecated = Self {
            why: why.as_deref(),
            replaced_by: replaced_by.as_ref().map(|id| id.value.as_str()),
        };
        (deprecated.why.is_some() || deprecated.replaced_by.is_some()).then_some(deprecated)
    }
}

/// Where a term was written.
#[derive(Debug, Clone)]
pub struct Place {
    /// Path of the file.
    pub path: Arc<str>,
    /// The id in it.
    pub span: Span,
}

/// A subject by which studies are linked.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Slug.
    pub id: String,
    /// Name.
    pub label: String,
    /// What it covers.
    pub definition: String,
    /// Other words for it.
    pub aliases: Vec<Spanned<String>>,
    /// Why it is no longer used.
    pub deprecated: Option<String>,
    /// The id of the theme to use instead.
    pub replaced_by: Option<Spanned<String>>,
    /// Where it was written.
    pub place: Place,
}

/// A neutral condition; a study says whether it helped or got in the way.
#[derive(Debug, Clone)]
pub struct Factor {
    /// Slug.
    pub id: String,
    /// Name.
    pub label: String,
    /// The theme that it belongs to.
    pub theme: Id<Theme>,
    /// Further themes.
    pub also: Vec<Id<Theme>>,
    /// What it means.
    pub definition: String,
    /// Other words for it.
    pub aliases: Vec<Spanned<String>>,
    /// Where frameworks put it: keys and categories as written.
    pub maps_to: Vec<(Spanned<String>, Spanned<String>)>,
    /// Documents that name it; ids of references where they are known.
    pub sources: Vec<String>,
    /// Why it is no longer used.
    pub deprecated: Option<String>,
    /// The id of the factor to use instead.
    pub replaced_by: Option<Spanned<String>>,
    /// Where it was written.
    pub place: Place,
}

/// A framework, scale, theory or controlled list, with its categories in order.
#[derive(Debug, Clone)]
pub struct Framework {
    /// Slug.
    pub id: String,
    /// Name.
    pub label: String,
    /// `framework`, `scale`, `theory` or `list`.
    pub kind: String,
    /// A remark for readers.
    pub note: Option<String>,
    /// The works that it comes from; ids of references where they are known.
    pub sources: Vec<String>,
    /// Ids and names of the parts that its categories belong to, in order.
    pub groups: Vec<(String, String)>,
    /// Its categories in the order of the file, which is the order of a scale.
    pub categories: Vec<Category>,
    /// The whole record as data, for export.
    pub data: serde_json::Value,
    /// Where it was written.
    pub place: Place,
}

/// A category of a framework or a value of a list.
#[derive(Debug, Clone)]
pub struct Category {
    /// Id, unique in its framework. Not always a slug: a source's own codes are kept.
    pub id: Arc<str>,
    /// Name.
    pub label: Arc<str>,
    /// What it means.
    pub definition: Option<String>,
    /// What to ask in order to sort by it.
    pub question: Option<String>,
    /// The id of the group that it belongs to.
    pub group: Option<String>,
    /// Of a theory: on what condition.
    pub condition: Option<String>,
    /// Of a theory: with what result.
    pub result: Option<String>,
    /// Places of the categories of the same framework without which it would not work.
    pub depends_on: Vec<usize>,
    /// What it consists of, each with the factor that it corresponds to.
    pub items: Vec<(String, Option<Id<Factor>>)>,
    /// The smallest and the largest number of people that it is meant for.
    pub population: Option<(i32, i32)>,
    /// What else is said of it: a heading, and the texts under it.
    pub details: Vec<(&'static str, Vec<String>)>,
    /// Other words for it.
    pub also_called: Vec<String>,
    /// For a relation: its name read from the other side.
    pub inverse: Option<Arc<str>>,
    /// For a relation: whether the two studies get a page side by side.
    pub side_by_side: bool,
    /// The factors that it corresponds to.
    pub factors: Vec<Id<Factor>>,
}

/// An abbreviation or a term, explained.
#[derive(Debug, Clone)]
pub struct GlossaryEntry {
    /// Slug, unique.
    pub id: String,
    /// The letters as they are written; several entries may share them.
    pub abbr: String,
    /// What they stand for.
    pub expansion: String,
    /// What that is.
    pub definition: String,
    /// Whether the letters easily mean something else.
    pub ambiguous: bool,
    /// Documents that use it.
    pub sources: Vec<String>,
    /// Where it was written.
    pub place: Place,
}

/// A body that answers for an area, with its dates: 36 boards of 2026 came out of 42 of 2022.
#[derive(Debug, Clone)]
pub struct System {
    /// Slug; stable for the legal body.
    pub id: String,
    /// Name of the area.
    pub label: String,
    /// A short label for maps.
    pub short: Option<String>,
    /// Other ways to write it.
    pub aliases: Vec<Spanned<String>>,
    /// The region that it lies in.
    pub region: Option<String>,
    /// Codes by which registers know it, by the name of the code.
    pub codes: BTreeMap<&'static str, String>,
    /// First day of its life.
    pub valid_from: Option<PartialDate>,
    /// Last day of its life.
    pub valid_to: Option<PartialDate>,
    /// What followed it.
    pub successors: Vec<Successor>,
    /// What it followed: the inverse of `successors`.
    pub predecessors: Vec<Successor>,
    /// Systems that it borders on.
    pub neighbours: Vec<Id<System>>,
    /// Its tile on maps.
    pub tile: Option<Tile>,
    /// Where its tile stands on later maps, by day.
    pub tile_moves: Vec<TileMove>,
    /// Whether it is one of the three scopes that are no area: national, international, anonymised.
    pub scope: bool,
    /// Where it was written; a scope has no place of its own.
    pub place: Place,
}

/// A place in a layout of equal hexagons, counted from the top left; odd rows stand half a tile to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tile {
    /// Which column.
    pub column: i32,
    /// Which row.
    pub row: i32,
}

/// Another place of a system's tile, on maps from a day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TileMove {
    /// The first day on which it stands there.
    pub from: Date,
    /// The place.
    pub tile: Tile,
}

/// One end of a succession.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// The system at the other end.
    pub system: Id<System>,
    /// The part of the older system that went to the newer one; `None` for the whole.
    pub part: Option<String>,
}

macro_rules! term {
    ($type:ident $what:literal $file:literal $label:ident $aliases:expr $(, $deprecated:expr)? $(; $codes:expr)?) => {
        impl Term for $type {
            const WHAT: &'static str = $what;
            const WHERE: &'static str = concat!("content/vocabulary/", $file);
            fn id(&self) -> &str {
                &self.id
            }
            fn label(&self) -> &str {
                &self.$label
            }
            fn aliases(&self) -> &[Spanned<String>] {
                let aliases: fn(&Self) -> &[Spanned<String>] = $aliases;
                aliases(self)
            }
            fn place(&self) -> &Place {
                &self.place
            }
            $(fn deprecated(&self) -> Option<Deprecated<'_>> {
                let deprecated: fn(&Self) -> Option<Deprecated<'_>> = $deprecated;
                deprecated(self)
            })?
            $(fn codes(&self) -> Vec<&str> {
                let codes: fn(&Self) -> Vec<&str> = $codes;
                codes(self)
            })?
        }
    };
}

term!(
    Theme "theme" "themes.yaml" label |theme| &theme.aliases,
    |theme| Deprecated::of(&theme.deprecated, &theme.replaced_by)
);
term!(
    Factor "factor" "factors.yaml" label |factor| &factor.aliases,
    |factor| Deprecated::of(&factor.deprecated, &factor.replaced_by)
);
term!(Framework "framework" "frameworks.yaml" label |_| &[]);
term!(GlossaryEntry "glossary entry" "glossary.yaml" expansion |_| &[]);
term!(
    System "system" "systems.yaml, besides national, international and anonymised" label |system| &system.aliases;
    |system| system.codes.values().map(String::as_str).collect()
);

impl Theme {
    /// The address of its page, relative to the site.
    pub fn output_path(&self) -> String {
        format!("themes/{}/index.html", self.id)
    }
}

impl Factor {
    /// The address of its page, relative to the site.
    pub fn output_path(&self) -> String {
        format!("factors/{}/index.html", self.id)
    }

    /// The address of the page on where it was seen, relative to the site.
    pub fn sightings_path(&self) -> String {
        format!("factors/{}/where/index.html", self.id)
    }
}

impl Framework {
    /// The address of its page, relative to the site; one of which there is nothing to say has none.
    pub fn output_path(&self) -> String {
        format!("frameworks/{}/index.html", self.id)
    }

    /// The ids that its categories have on that page, in their order.
    pub fn anchors(&self) -> Vec<String> {
        let categories = self.categories.iter();
        anchors("category", categories.map(|category| category.id.as_ref()))
    }
}

impl System {
    /// The address of its page, relative to the site.
    pub fn output_path(&self) -> String {
        format!("systems/{}/index.html", self.id)
    }

    /// Whether it was there on a day. Without a first or a last day it always was, or still is.
    pub fn lives_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from.first_day() <= day)
            && self.valid_to.is_none_or(|to| day <= to.last_day())
    }

    /// Where its tile stands on a day.
    pub fn tile_on(&self, day: Date) -> Option<Tile> {
        let moved = self.tile_moves.iter().rev();
        let mut moved = moved.filter(|tile_move| tile_move.from <= day);
        moved.next().map(|tile_move| tile_move.tile).or(self.tile)
    }
}

impl GlossaryEntry {
    /// The address of its place on the page of the glossary, relative to the site.
    pub fn output_path(&self) -> String {
        format!("glossary/index.html#term-{}", self.id)
    }
}
