import { Prisma, type Account, type Order } from "@prisma/client";

import { prisma } from "./db";

type Full = Prisma.OrderGetPayload<{ include: { account: { include: { shop: true } } } }>;

interface Card {
  id: number;
  account: { token: string };
}
interface Loose {
  account?: { token: string };
}

export const lastCard = (orders: Full[]): Card => orders[orders.length - 1]!;
export const anyCard = (orders: Full[], isFirst: boolean): Card => (isFirst ? orders[0] : orders[1]);
export const looseCard = (orders: Full[]): Loose => orders[0];
export const byName = (order: Order): number => order["accountId"];
export const totals = (orders: Order[]) => orders.map((order) => ({ [order.accountId]: order.total }));
export const ids: (orders: Order[]) => number[] = (orders) => orders.map((order) => order.accountId);
export const columns: { cell: (order: Full) => string }[] = [
  { cell: (order) => order.account.token },
  { cell: ({ account }) => account.shop.name },
];
export const orders: Record<string, (a: Full, b: Full) => number> = {
  token: (a, b) => a.account.token.localeCompare(b.account.token),
};
export const byNumber = (all: Full[]): Record<string, Account> =>
  Object.fromEntries(all.map((order) => [order.number, order.account]));

export async function report(id: number) {
  const {
    number,
    account: { token },
  } = await prisma.order.findUniqueOrThrow({ where: { id }, include: { account: true } });
  return `${number} ${token}`;
}

export function given(order: Order, key = order.accountId): number {
  return key;
}

export const load = (id: number) => prisma.order.findUniqueOrThrow({ where: { id }, include: { account: true } });
export const token = (id: number): Promise<string> => load(id).then((order) => order.account.token);
export const tokenToo = (id: number) => load(id).then(({ account }) => account.token).catch(() => "none");
export const fluent = async (id: number) =>
  (await prisma.order.findUniqueOrThrow({ where: { id } }).account()).token;

export const open = async (subject: string, customerId: string, accountId: number) =>
  prisma.ticket.create({ data: { subject, customerId, accountId } });
export async function opened(account: Account, order: Full) {
  await open("first", account.customerId, account.id);
  await open("second", order.customerId, order.account.id);
  await prisma.ticket.create({ data: { subject: "third", customerId: order.customerId, accountId: order.accountId } });
}
