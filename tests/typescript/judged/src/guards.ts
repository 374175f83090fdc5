import type { Account, Order } from "@prisma/client";
import { prisma } from "./db";

type Loaded = Order & { account: Account };

function stop(): never {
  throw new Error("stopped");
}

function fail() {
  throw new Error("failed");
}

const halt: (why: string) => never = (why) => {
  throw new Error(why);
};

const quit = (): never => {
  throw new Error("quit");
};

function assertPresent<T>(value: T, why?: string): asserts value is NonNullable<T> {
  if (value == null) throw new Error(why);
}

function must(condition: unknown): asserts condition {
  if (!condition) throw new Error();
}

class Guard {
  stop(): never {
    throw new Error("stopped");
  }
  check(account: Account | null): asserts account is Account {
    if (!account) this.stop();
  }
}

const load = async (id: number) => prisma.order.findUniqueOrThrow({ where: { id }, include: { account: true } });

// a function that says `never`
export async function stopped(id: number) {
  const { account } = await load(id);
  if (!account) stop();
  return account.token;
}

// one that does not say so
export async function failed(id: number) {
  const { account } = await load(id);
  if (!account) fail();
  return account.token;
}

// a variable that says `never`
export async function halted(id: number) {
  const order = await load(id);
  if (!order.account) {
    halt("no account");
  }
  return order.account.token;
}

// an arrow function that says so, held by a variable that does not
export async function left(id: number) {
  const order = await load(id);
  if (!order.account) {
    quit();
  }
  return order.account.token;
}

// a method that says `never`
export async function guarded(guard: Guard, id: number) {
  const order = await load(id);
  if (!order.account) guard.stop();
  return order.account.token;
}

// the process ends
export async function exited(id: number) {
  const order = await load(id);
  if (!order.account) {
    process.exit(1);
  }
  return order.account.token;
}

// an assertion that a value is there
export async function asserted(id: number) {
  const order = await load(id);
  assertPresent(order.account, "no account");
  return order.account.token;
}

// an assertion of a condition
export async function required(id: number) {
  const order = await load(id);
  must(order.account && order.total > 0);
  return order.account.token;
}

// an assertion of a method
export async function checked(guard: Guard, id: number) {
  const { account } = await load(id);
  guard.check(account);
  return account.token;
}

// an assertion of something else
export async function unasserted(id: number) {
  const order = await load(id);
  must(order.total > 0);
  return order.account.token;
}

// a constant that holds the condition
export async function aliased(id: number) {
  const { account, total } = await load(id);
  const isThere = !!account;
  const isLarge = isThere && total > 0;
  if (isLarge) return account.token;
  if (!isThere) return "";
  return account.token;
}

// a constant that holds the condition of a property, which may change
export async function changing(id: number) {
  const order = await load(id);
  const isThere = order.account !== null;
  return isThere ? order.account.token : "";
}

// a variable that may hold another condition by now
export async function varying(id: number) {
  const { account } = await load(id);
  let isThere = !!account;
  if (id > 1) isThere = true;
  return isThere ? account.token : "";
}

// both ways lead away
export async function both(id: number) {
  const order = await load(id);
  if (!order.account) {
    if (order.total) {
      return "";
    } else {
      throw new Error();
    }
  }
  return order.account.token;
}

// one of two ways leads away
export async function one(id: number) {
  const order = await load(id);
  if (!order.account) {
    if (order.total) return "";
  }
  return order.account.token;
}

// what is not there is given back as such
export function absent(order?: Loaded): Loaded | undefined {
  if (!order) return order;
  return order;
}

// a constant that holds something else of a similar name
export async function other(accountId: number) {
  const { account } = await load(accountId);
  const found = await prisma.account.findUnique({ where: { id: account.id } });
  if (!found) return "";
  return account.token;
}

// a constant that holds the answer of a function
export async function answered(id: number) {
  const { account } = await load(id);
  const isThere = isPresent(account);
  return isThere ? account.token : "";
}

function isPresent<T>(value: T): value is NonNullable<T> {
  return value != null;
}

// functions that say what holds when they give true
const hasAccount = <T extends { accountId: number | null }>(order: T): order is T & { accountId: number } =>
  order.accountId !== null;
function isOwned(order: Order): order is Order & { accountId: number } {
  return order.accountId !== null;
}
export const chosen = (orders: Order[]): number[] => orders.filter(isOwned).map((order) => order.accountId.valueOf());
export const found = (orders: Order[]): string | undefined =>
  orders.find((order): order is Order & { accountId: number } => order.accountId !== null)?.accountId.toFixed();
export const askedOnce = (order: Order): string => (isOwned(order) ? order.accountId.toFixed() : "");
export const askedTwice = (order: Order): string =>
  hasAccount(order) && order.total > 1 ? order.accountId.toFixed() : "";
export const unasked = (order: Order, isOpen: boolean): string => (isOpen ? order.accountId.toFixed() : "");

// what was given a value before, and what is counted up
export function given(order: Order, account: Account, isNew: boolean) {
  order.accountId = account.id;
  return order.accountId.toFixed();
}

export function made(order: Order) {
  if (!order.accountId) {
    order.accountId = 1;
  }
  return order.accountId.toFixed();
}

export function perhaps(order: Order, isNew: boolean) {
  if (isNew) order.accountId = 1;
  return order.accountId.toFixed();
}

export function counted(order: Order, count: number) {
  order.accountId++;
}

export function added(order: Order, count: number) {
  order.accountId += count;
}

export function unless(order: Order) {
  order.accountId ??= 1;
  order.accountId += 1;
}

// assertions behind operators, parentheses, names in brackets
export async function assertedBehind(id: number, token: string) {
  const order = await prisma.order.findUnique({ where: { id }, include: { account: true } });
  if (!order!.account.isActive) return id > 1 && order!.account!.token.length > 1;
  return token === order!.account.token || (order!.account).token.length + order!["account"]["shopId"] > id;
}
export const assertedKey = (order: Order, id?: number): number => id ?? order.accountId!;
export const unassertedKey = (order: Order | null, id?: number): number => id ?? order!.accountId;

// what is called anew, an index that moves, what gets another value, what is no question
type Full = Awaited<ReturnType<typeof load>>;
export const again = async (id: number) => ((await load(id)).account ? (await load(id)).account.token : "");
export function moving(orders: Full[], at: number) {
  for (let n = 0; n < orders.length; n++) if (orders[n].account) must(orders[n].account.token);
  if (orders[at].account) must(orders[at].account.token);
  return orders[0]["account"] ? orders[0].account.token : "";
}
export async function renewed(id: number) {
  let order = await load(id);
  if (order.account) {
    order = await load(id + 1);
    return order.account.token;
  }
  while (!order.account) order = await load(id + 2);
  return order.account.token;
}
function check(value: unknown) {
  if (!value) throw new Error();
}
export function unquestioned(order: Full) {
  if (Boolean(order.account)) must(order.account.token);
  if (typeof order.account === "object") must(order.account.token);
  check(order.account);
  return order.account.token;
}
export function learned(order: Full, orders: Full[]) {
  if (order.account) must((() => order.account.token)());
  switch (order.account?.token) {
    case "mine":
      must(order.account.isActive);
  }
  const accounts = orders.map((each) => each.account).filter((each) => each !== null);
  const others = orders.map((each) => each.account).filter((each): each is NonNullable<typeof each> => !!each);
  return [...accounts, ...others].map((each) => each.token);
}
export async function ofSomeType(id: number, names: { id: string }[]) {
  const { account, ...rest } = await load(id);
  if (typeof account?.token === "string") must(names.find((each) => each.id === account.token) ?? rest);
  if (typeof account?.token != "undefined") must(account.token);
  if (typeof account?.token === "undefined") must(account.token);
  if (typeof account === "object") must(account.token);
}

// a loop that only ends when something is there, and a list of what was asked for
export async function endless(id: number) {
  let order = await prisma.order.findFirstOrThrow({ where: { id }, include: { account: true } });
  for (;;) {
    if (order.account) break;
    order = await prisma.order.findFirstOrThrow({ where: { id }, include: { account: true } });
  }
  const orders = await prisma.order.findMany({ include: { account: true } });
  const accounts = orders.flatMap((each) => (each.account ? [each.account] : []));
  return [order.account.token, ...accounts.map((each) => each.token)];
}
