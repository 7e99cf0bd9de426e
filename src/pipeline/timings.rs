//! How long the stages of the road take.

use std::time::{Duration, Instant};

/// How long each stage took, in order.
#[derive(Debug, Default)]
pub struct Timings {
    stages: Vec<(&'static str, Duration)>,
    open: Option<(&'static str, Instant)>,
}

impl Timings {
    /// Ends the open stage and begins another.
    // Never inlined: benches/instructions.sh tells the stages apart by the calls of this function.
    #[inline(never)]
    pub fn begin(&mut self, stage: &'static str) {
        self.end();
        self.open = Some((stage, Instant::now()));
    }

    /// Ends the open stage.
    pub fn end(&mut self) {
        if let Some((stage, start)) = self.open.take() {
            self.stages.push((stage, start.elapsed()));
        }
    }

    /// The stages that have ended.
    pub fn stages(&self) -> &[(&'static str, Duration)] {
        &self.stages
    }
}
