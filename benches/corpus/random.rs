//! Chance that is the same on every machine: `SplitMix64` and tables of falling weights, in whole numbers only.

/// A small generator after Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators".
pub(crate) struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// A generator for one stream of one seed. Streams of the same seed do not depend on each other, so a change in how
    /// one study is drawn leaves all others as they were.
    pub(crate) fn new(seed: u64, stream: u64) -> Self {
        let mut mixed = Self { state: seed };
        let state = mixed.next() ^ stream.wrapping_mul(0xD1B5_4A32_D192_ED03);
        Self { state }
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`; zero when `bound` is zero.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high.saturating_sub(low) + 1)
    }

    /// True in `percent` of 100 calls.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One element. The slice must not be empty.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Up to `count` different elements, each as likely as any other.
    pub(crate) fn pick_some<'a, T>(&mut self, from: &'a [T], count: usize) -> Vec<&'a T> {
        let mut left: Vec<&T> = from.iter().collect();
        let mut picked = Vec::with_capacity(count);
        while picked.len() < count && !left.is_empty() {
            picked.push(left.swap_remove(self.below(left.len())));
        }
        picked
    }

    /// Brings `items` into a chance order.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// Ranks drawn by the law of Zipf and Mandelbrot: rank `r` (from 0) has the weight `1 / (r + 1 + shift)`.
pub(crate) struct Zipf {
    cumulative: Vec<u64>,
}

impl Zipf {
    /// A table for `ranks` ranks, at least one. A larger `shift` flattens the head of the list.
    pub(crate) fn new(ranks: usize, shift: u64) -> Self {
        let mut sum = 0;
        let cumulative = (0..ranks as u64)
            .map(|rank| {
                sum += (1 << 40) / (rank + 1 + shift);
                sum
            })
            .collect();
        Self { cumulative }
    }

    /// A rank, counted from 0.
    pub(crate) fn draw(&self, random: &mut SplitMix64) -> usize {
        let total = self.cumulative.last().copied().unwrap_or(0);
        let at = random.below(total as usize) as u64;
        self.cumulative.partition_point(|&upto| upto <= at)
    }

    /// Up to `count` different ranks, in the order in which they came.
    pub(crate) fn draw_some(&self, random: &mut SplitMix64, count: usize) -> Vec<usize> {
        let count = count.min(self.cumulative.len());
        let mut ranks = Vec::with_capacity(count);
        while ranks.len() < count {
            let rank = self.draw(random);
            if !ranks.contains(&rank) {
                ranks.push(rank);
            }
        }
        ranks
    }
}
