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
