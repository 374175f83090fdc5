interface Loaded {
  findOrder?: typeof import("../data/lookup").findOrder;
}

const loaded: Loaded = {};

function wantsNumber(id: number): string {
  return String(id);
}

// a function of a module that is loaded when it is needed, and kept
export async function kept(id: number) {
  loaded.findOrder ??= (await import("../data/lookup")).findOrder;
  const order = await loaded.findOrder(id);
  return wantsNumber(order.accountId);
}

// the function taken out of the module
export async function takenOut(id: number) {
  const { findOrder } = await import("../data/lookup");
  const order = await findOrder(id);
  return wantsNumber(order.accountId);
}

// the module by a name
export async function named(id: number) {
  const lookup = await import("../data/lookup");
  const order = await lookup.findOrder(id);
  return wantsNumber(order.accountId);
}

// a type of the module
export function typed(filed: import("../data/lookup").Filed) {
  return wantsNumber(filed.order.accountId);
}
