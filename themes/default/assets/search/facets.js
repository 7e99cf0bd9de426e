// Narrowing: one of the values that are chosen in a facet, and this in each facet that has such values.

/**
 * The records that all choices leave. The choices of a facet, `{name, id}`, stand in the order of the lists in its file: for each value
 * one, or one for each direction. Each learns whether it is `chosen`, and in facets that are open or chosen from its `total`,
 * what there is with it chosen, and how many records of its `own` are in that.
 */
export async function narrow(index, facets, records, state) {
  const active = facets.map(({ choices }) => {
    for (const choice of choices) choice.chosen = state.getAll(choice.name).includes(choice.id);
    return choices.some(({ chosen }) => chosen);
  });
  const lists = await Promise.all(facets.map((facet, place) => (facet.open || active[place] ? index.facet(facet) : [])));
  // For each record the facets that leave it out.
  const out = new Map(records.map((record) => [record, []]));
  facets.forEach(({ choices }, place) => {
    if (!active[place]) return;
    const allowed = new Set(lists[place].flatMap((list, value) => (choices[value].chosen ? [...list] : [])));
    out.forEach((by, record) => allowed.has(record) || by.push(place));
  });
  const left = records.filter((record) => !out.get(record).length);
  facets.forEach(({ choices }, place) =>
    lists[place].forEach((list, value) => {
      const own = [...list].map((record) => out.get(record)).filter((by) => by?.every((other) => other === place));
      // Choices in one facet add up: another one keeps what those before it gave.
      const total = active[place] ? left.length + own.filter((by) => by.length).length : own.length;
      Object.assign(choices[value], { own: own.length, total });
    }),
  );
  return left;
}
