//! Maps of hexagons of one size, so that small areas in a crowd are as easy to see and to hit as large ones.

use std::fmt::Write;

use crate::render::xml::escape;
use crate::vocabulary::Tile;

/// A tile is 52 units wide and 60 high, and the next row begins 45 lower: a regular hexagon in whole numbers.
const HALF_WIDTH: i64 = 26;
const HALF_HEIGHT: i64 = 30;
const ROW: i64 = 45;

/// Room around the tiles for their outlines.
const MARGIN: i64 = 3;

/// Wider labels are pressed together to this width, in whatever font they are set.
const LABEL_WIDTH: i64 = 43;
/// How wide a label may be to stand as it is, if a capital is 8 wide and any other letter 6.
const NATURAL: usize = 36;
/// Labels with more letters are cut.
const LONGEST: usize = 10;

/// How many shades there are for tiles with something to show.
const SHADES: u32 = 4;

/// A tile of a map.
#[derive(Debug, Clone)]
pub(in crate::render) struct MapTile<'t> {
    pub(in crate::render) place: Tile,
    /// What stands in the tile.
    pub(in crate::render) short: &'t str,
    /// What the link is called: the whole name, and what there is.
    pub(in crate::render) name: String,
    pub(in crate::render) href: String,
    /// The figure in the tile, which gives its shade.
    pub(in crate::render) count: usize,
}

/// A map whose tiles are links, in their order; `label` says what it shows. Nothing without tiles.
pub(in crate::render) fn tile_map(label: &str, tiles: &[MapTile<'_>]) -> String {
    let Some(frame) = Frame::around(tiles.iter().map(|tile| tile.place)) else {
        return String::new();
    };
    let most = tiles.iter().map(|tile| tile.count).max().unwrap_or(0);
    let mut svg = format!(
        "<svg class=\"map\" {} role=\"group\" aria-label=\"{}\" text-anchor=\"middle\">\n",
        frame.view_box(),
        escape(label)
    );
    for tile in tiles {
        let (x, y) = frame.centre(tile.place);
        let short = cut(tile.short);
        let pressed = if natural_width(&short) > NATURAL {
            format!(" textLength=\"{LABEL_WIDTH}\" lengthAdjust=\"spacingAndGlyphs\"")
        } else {
            String::new()
        };
        let _ = writeln!(
            svg,
            "<a class=\"s{}\" transform=\"translate({x} {y})\" href=\"{}\"><title>{}</title>\
             <path d=\"M0-28 24-14V14L0 28-24 14V-14z\"/><text{pressed}>{}</text><text y=\"15\">{}</text></a>",
            shade(tile.count, most),
            escape(&tile.href),
            escape(&tile.name),
            escape(&short),
            tile.count
        );
    }
    svg.push_str("</svg>");
    svg
}

/// A small map without links that shows where a tile is.
#[derive(Debug, Clone)]
pub(in crate::render) struct Locator {
    frame: Option<Frame>,
    /// The outlines of all tiles.
    all: String,
}

impl Locator {
    /// Of a map with these tiles.
    pub(in crate::render) fn new(tiles: &[Tile]) -> Self {
        let frame = Frame::around(tiles.iter().copied());
        let all = frame.map_or(String::new(), |frame| frame.outlines(tiles));
        Self { frame, all }
    }

    /// The map with one tile marked, and some beside it hinted at. Nothing without tiles.
    pub(in crate::render) fn mark(&self, here: Tile, near: &[Tile]) -> String {
        let Some(frame) = self.frame else {
            return String::new();
        };
        let mut svg = format!(
            "<svg class=\"locator\" {} aria-hidden=\"true\"><path d=\"{}\"/>",
            frame.view_box(),
            self.all
        );
        if !near.is_empty() {
            let _ = write!(svg, "<path class=\"near\" d=\"{}\"/>", frame.outlines(near));
        }
        let _ = write!(
            svg,
            "<path class=\"here\" d=\"{}\"/></svg>",
            frame.outlines(&[here])
        );
        svg
    }
}

/// The part of the plane that some tiles take up.
#[derive(Debug, Clone, Copy)]
struct Frame {
    left: i64,
    top: i64,
    width: i64,
    height: i64,
}

impl Frame {
    fn around(tiles: impl Iterator<Item = Tile> + Clone) -> Option<Self> {
        let xs = tiles.clone().map(|tile| centre(tile).0);
        let ys = tiles.map(|tile| centre(tile).1);
        let left = xs.clone().min()? - HALF_WIDTH - MARGIN;
        let top = ys.clone().min()? - HALF_HEIGHT - MARGIN;
        Some(Self {
            left,
            top,
            width: xs.max()? + HALF_WIDTH + MARGIN - left,
            height: ys.max()? + HALF_HEIGHT + MARGIN - top,
        })
    }

    /// The centre of a tile, counted from the corner of the frame.
    fn centre(self, tile: Tile) -> (i64, i64) {
        let (x, y) = centre(tile);
        (x - self.left, y - self.top)
    }

    fn view_box(self) -> String {
        format!("viewBox=\"0 0 {} {}\"", self.width, self.height)
    }

    /// The outlines of tiles, as the data of one path.
    fn outlines(self, tiles: &[Tile]) -> String {
        let mut path = String::new();
        for tile in tiles {
            let (x, y) = self.centre(*tile);
            let _ = write!(path, "M{x} {}l26 15v30l-26 15-26-15v-30z", y - HALF_HEIGHT);
        }
        path
    }
}

/// Odd rows stand half a tile to the right, also above the first row.
fn centre(tile: Tile) -> (i64, i64) {
    let (column, row) = (i64::from(tile.column), i64::from(tile.row));
    (HALF_WIDTH * (2 * column + row.rem_euclid(2)), ROW * row)
}

/// The shade of a count: 0 for nothing, and one lower each time that it is half as many as the most.
fn shade(count: usize, most: usize) -> u32 {
    if count == 0 {
        return 0;
    }
    let halvings = (most / count).ilog2();
    SHADES.saturating_sub(halvings).max(1)
}

fn natural_width(label: &str) -> usize {
    let width = |letter: char| if letter.is_uppercase() { 8 } else { 6 };
    label.chars().map(width).sum()
}

/// A label that fits into a tile.
fn cut(label: &str) -> String {
    if label.chars().count() <= LONGEST {
        return label.to_owned();
    }
    let mut cut: String = label.chars().take(LONGEST - 1).collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;
    use proptest::prelude::*;

    use super::*;

    fn at(column: i32, row: i32) -> Tile {
        Tile { column, row }
    }

    fn tile(place: Tile, short: &str, count: usize) -> MapTile<'_> {
        MapTile {
            place,
            short,
            name: format!("{short}: {count} studies"),
            href: format!("../systems/{}/index.html", short.to_lowercase()),
            count,
        }
    }

    #[test]
    fn no_tiles_make_no_map() {
        assert_eq!(tile_map("Nothing", &[]), "");
        assert_eq!(Locator::new(&[]).mark(at(0, 0), &[]), "");
    }

    #[test]
    fn one_tile() {
        assert_snapshot!(tile_map("One", &[tile(at(4, 7), "Hill", 0)]), @r#"
<svg class="map" viewBox="0 0 58 66" role="group" aria-label="One" text-anchor="middle">
<a class="s0" transform="translate(29 33)" href="../systems/hill/index.html"><title>Hill: 0 studies</title><path d="M0-28 24-14V14L0 28-24 14V-14z"/><text>Hill</text><text y="15">0</text></a>
</svg>
"#);
    }

    #[test]
    fn odd_rows_stand_half_a_tile_to_the_right_and_more_studies_have_a_stronger_shade() {
        let tiles = [
            tile(at(0, -1), "A", 16),
            tile(at(0, 0), "B", 8),
            tile(at(1, 0), "C", 7),
            tile(at(0, 1), "D", 1),
        ];
        assert_snapshot!(tile_map("Four", &tiles), @r#"
<svg class="map" viewBox="0 0 110 156" role="group" aria-label="Four" text-anchor="middle">
<a class="s4" transform="translate(55 33)" href="../systems/a/index.html"><title>A: 16 studies</title><path d="M0-28 24-14V14L0 28-24 14V-14z"/><text>A</text><text y="15">16</text></a>
<a class="s3" transform="translate(29 78)" href="../systems/b/index.html"><title>B: 8 studies</title><path d="M0-28 24-14V14L0 28-24 14V-14z"/><text>B</text><text y="15">8</text></a>
<a class="s3" transform="translate(81 78)" href="../systems/c/index.html"><title>C: 7 studies</title><path d="M0-28 24-14V14L0 28-24 14V-14z"/><text>C</text><text y="15">7</text></a>
<a class="s1" transform="translate(55 123)" href="../systems/d/index.html"><title>D: 1 studies</title><path d="M0-28 24-14V14L0 28-24 14V-14z"/><text>D</text><text y="15">1</text></a>
</svg>
"#);
    }

    #[test]
    fn what_content_gives_is_escaped_and_long_labels_are_pressed_or_cut() {
        let tiles = [
            tile(at(0, 0), "<b>\"&'", 1),
            tile(at(1, 0), "Northants", 1),
            tile(at(2, 0), "Harbour and islands", 1),
        ];
        assert_snapshot!(tile_map("\"><script>", &tiles), @r#"
<svg class="map" viewBox="0 0 162 66" role="group" aria-label="&quot;&gt;&lt;script&gt;" text-anchor="middle">
<a class="s4" transform="translate(29 33)" href="../systems/&lt;b&gt;&quot;&amp;&#39;/index.html"><title>&lt;b&gt;&quot;&amp;&#39;: 1 studies</title><path d="M0-28 24-14V14L0 28-24 14V-14z"/><text>&lt;b&gt;&quot;&amp;&#39;</text><text y="15">1</text></a>
<a class="s4" transform="translate(81 33)" href="../systems/northants/index.html"><title>Northants: 1 studies</title><path d="M0-28 24-14V14L0 28-24 14V-14z"/><text textLength="43" lengthAdjust="spacingAndGlyphs">Northants</text><text y="15">1</text></a>
<a class="s4" transform="translate(133 33)" href="../systems/harbour and islands/index.html"><title>Harbour and islands: 1 studies</title><path d="M0-28 24-14V14L0 28-24 14V-14z"/><text textLength="43" lengthAdjust="spacingAndGlyphs">Harbour a…</text><text y="15">1</text></a>
</svg>
"#);
    }

    #[test]
    fn a_locator_marks_a_tile_and_hints_at_its_neighbours() {
        let locator = Locator::new(&[at(0, 0), at(1, 0), at(0, 1)]);
        assert_snapshot!(locator.mark(at(0, 1), &[at(1, 0)]), @r#"<svg class="locator" viewBox="0 0 110 111" aria-hidden="true"><path d="M29 3l26 15v30l-26 15-26-15v-30zM81 3l26 15v30l-26 15-26-15v-30zM55 48l26 15v30l-26 15-26-15v-30z"/><path class="near" d="M81 3l26 15v30l-26 15-26-15v-30z"/><path class="here" d="M55 48l26 15v30l-26 15-26-15v-30z"/></svg>"#);
        assert!(!locator.mark(at(0, 1), &[]).contains("near"));
    }

    #[test]
    fn shades_are_lower_each_time_that_a_count_is_half_as_many() {
        let shades = |most: usize| {
            (0..=most)
                .map(|count| shade(count, most))
                .collect::<Vec<_>>()
        };
        assert_eq!(shades(1), [0, 4]);
        assert_eq!(shades(8), [0, 1, 2, 3, 3, 4, 4, 4, 4]);
        assert_eq!(shade(1, 1_000_000), 1);
    }

    /// The centres of the tiles of a map.
    fn centres(svg: &str) -> Vec<(i64, i64)> {
        let places = svg.split("translate(").skip(1);
        places
            .map(|place| {
                let (place, _) = place.split_once(')').expect("an end");
                let (x, y) = place.split_once(' ').expect("two numbers");
                (x.parse().expect("whole"), y.parse().expect("whole"))
            })
            .collect()
    }

    proptest! {
        /// Anywhere in the plane, as far as numbers go.
        #[test]
        fn tiles_have_whole_numbers_lie_in_the_frame_and_never_overlap(
            places in prop::collection::hash_set(
                prop_oneof![
                    (-9..9i32, -9..9i32),
                    (any::<i32>(), any::<i32>()),
                ],
                1..40,
            ),
        ) {
            let tiles: Vec<_> = places.iter().map(|(column, row)| tile(at(*column, *row), "T", 1)).collect();
            let svg = tile_map("Tiles", &tiles);
            let frame = Frame::around(tiles.iter().map(|tile| tile.place)).expect("tiles");
            let centres = centres(&svg);
            prop_assert_eq!(centres.len(), tiles.len());
            for (index, (x, y)) in centres.iter().enumerate() {
                prop_assert!((HALF_WIDTH..=frame.width - HALF_WIDTH).contains(x));
                prop_assert!((HALF_HEIGHT..=frame.height - HALF_HEIGHT).contains(y));
                for (other_x, other_y) in &centres[..index] {
                    let (across, down) = ((x - other_x).abs(), (y - other_y).abs());
                    prop_assert!(across >= 2 * HALF_WIDTH || down >= 2 * ROW || (across >= HALF_WIDTH && down == ROW));
                }
            }
        }
    }
}
