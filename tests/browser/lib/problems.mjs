// How a check tells what it found.

const SHOWN = 40;

/** Fails the test with every problem, a line each; without the stack, which says nothing about a page. */
export function none(problems, what) {
  if (problems.length > 0) {
    const shown = problems.slice(0, SHOWN).map((problem) => `  ${problem}`);
    if (problems.length > SHOWN) {
      shown.push(`  … and ${problems.length - SHOWN} more`);
    }
    const error = new Error(`${problems.length} × ${what}\n${shown.join("\n")}`);
    error.stack = error.message;
    throw error;
  }
}
