import type { Account } from "@prisma/client";
import { database as prisma, OrderStore, openTicket as open, newTicket, tickets, client } from "../data";
import * as data from "../data/index";
import make from "../data/tickets";

const store = new OrderStore(prisma);

export async function handle(account: Account) {
  await store.add({ customerId: account.customerId, accountId: account.id, number: "1" });
  await store.addFor(account.customerId, account.id, "2");
  await open({ subject: "a", customerId: account.customerId, accountId: account.id });
  await make({ subject: "b", customerId: account.customerId, accountId: account.id });
  await newTicket({ subject: "c", accountId: account.id }, account.customerId);
  await tickets.createTicket({ subject: "d", accountId: account.id }, account.customerId);
  await data.openTicket({ subject: "e", customerId: account.customerId, accountId: account.id });
  await client.order.create({ data: { customerId: account.customerId, accountId: account.id, number: "4" } });
  await data.database.order.create({ data: { customerId: account.customerId, accountId: account.id, number: "5" } });
}

export async function shown(id: number) {
  const order = await store.one(id);
  if (!order) return "";
  return order.account.shop.name;
}

export async function tokens() {
  const orders = await store.list({ account: { isActive: true } }, { account: true });
  return orders.map((order) => order.accountId.toFixed());
}

export const useTransaction = () =>
  prisma.$transaction(async (trx) => {
    const { order, ticket } = trx;
    await order.create({ data: { customerId: "c", accountId: 1, number: "6" } });
    return ticket.findMany({ select: { account: { select: { token: true } } } });
  });

export async function firstToken() {
  const [first] = await useTransaction();
  return first?.account.token;
}

type Deps = { orders: typeof prisma.order; store: OrderStore };
export const withDeps =
  ({ orders, store: given }: Deps) =>
  async (customerId: string, accountId: number) => {
    await orders.create({ data: { customerId, accountId, number: "7" } });
    return given.addFor(customerId, accountId, "8");
  };

export async function wrapped<T>(work: (tx: typeof prisma) => Promise<T>): Promise<T> {
  return work(prisma);
}
export const inWrapper = () => wrapped((tx) => tx.order.create({ data: { customerId: "c", accountId: 1, number: "9" } }));

export async function loop(accounts: Account[]) {
  for (const { id, customerId } of accounts) {
    await prisma.order.create({ data: { accountId: id, customerId, number: String(id) } });
  }
}
