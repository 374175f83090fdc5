import type { Account, Receipt } from "@prisma/client";
import { prisma } from "./db";

const load = (id: number) => prisma.order.findUniqueOrThrow({ where: { id }, include: { account: { include: { shop: true } } } });
type Full = Awaited<ReturnType<typeof load>>;
declare function log(...all: unknown[]): void;
const must = (text: string) => text.length;

// asked for already, of what was always there
export async function asked(id: number) {
  const order = await load(id);
  const city = order.account?.shop.name;
  must(order.account?.token);
  must(city);
  if (city) must(city);
  return { token: order.account?.token, size: (order.account?.token).length, twice: order.account?.shopId * 2 };
}
export const tokenOf = (order: Full): string => order.account?.token;
export const cityOf = (order: Full) => order?.account?.customerId;
export const mustCity = (order: Full) => must(cityOf(order));
export const yearOf = (receipt: Receipt): number => receipt?.paidAt?.getFullYear();
export const hasToken = (order: Full) => "token" in order.account;

// told from null, and the same of two
export async function compared(id: number, other: number) {
  const [one, two] = [await load(id), await load(other)];
  const nick: string | null = one.account.token;
  const size = nick === null ? 0 : 1;
  return one.account.token === two.account.token ? size : -size;
}

// what is kept, and what takes anything
export async function kept(id: number): Promise<string[]> {
  const order = await load(id);
  const tokens = [];
  tokens.push(order.account.token);
  const shops = order.number.split(",").map((each) => each.length);
  shops.push(order.account.shopId);
  log(...order.account.token);
  Object.freeze(order.account.customerId).trim();
  return tokens;
}

// what a function gives back, wherever that gets to
const shopOf = (order: Full) => order.account.shopId;
export const shops = (orders: Full[]) => orders.map(shopOf).map((shop) => shop + 1);
const isOn = (order: Full) => order.account.isActive;
export const active = (orders: Full[]) => orders.filter(isOn);

// what a type promises, taken out of its values
interface Paid {
  paidAt: Date;
  number: string;
}
const paid = (receipt: Receipt): Paid => ({ paidAt: receipt.paidAt, number: receipt.number });
export function years(receipt: Receipt) {
  const { paidAt, ...rest } = paid(receipt);
  return { ...rest, year: paidAt.getFullYear() };
}
export const time = (receipt: Receipt) => paid(receipt)["paidAt"].getTime();

// an assertion about the whole record
function assertOwned(order: Full): asserts order is Full & { account: Account } {
  if (!order.accountId) throw new Error();
}
export async function owned(id: number) {
  const order = await load(id);
  assertOwned(order);
  return order.account.token;
}

// what is only reached where a read before has found the record, and what is read beside what needs it
export async function led(id: number) {
  const order = await load(id);
  if (!order.account.isActive) return "";
  return order.account.token.trim();
}
export async function chosen(id: number) {
  const order = await load(id);
  const shop = order.account.shopId > 1 ? order.account.shopId : 1;
  return order.account.isActive && order.account.token.length > shop;
}

// from one of two queries
export async function ends() {
  const first = await prisma.order.findMany({ include: { account: { include: { shop: true } } }, take: 3 });
  const last = await prisma.order.findMany({ include: { account: { include: { shop: true } } }, skip: 3 });
  const name = (order: (typeof first)[number] | (typeof last)[number]) => order.account.shop.name;
  return [...first.map(name), ...last.map(name)];
}
