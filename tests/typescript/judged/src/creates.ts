import { Prisma, PrismaClient } from "@prisma/client";
import type { Account, Order, Shop } from "@prisma/client";
import { prisma } from "./db";

// createMany with map
export async function importAll(account: Account, numbers: string[]) {
  await prisma.order.createMany({
    data: numbers.map((number) => ({
      number,
      customerId: account.customerId,
      accountId: account.id, // the account that pays
    })),
    skipDuplicates: true,
  });
}

// upsert
export async function save(account: Account, number: string) {
  return prisma.order.upsert({
    where: { number },
    update: { total: 1 },
    create: { number, customerId: account.customerId, accountId: account.id },
  });
}

// connectOrCreate under another model
export async function note(account: Account, text: string) {
  return prisma.note.create({
    data: {
      text,
      order: {
        connectOrCreate: {
          where: { number: text },
          create: { number: text, customerId: account.customerId, accountId: account.id },
        },
      },
    },
  });
}

// nested create under another model
export async function customer(email: string, account: Account) {
  return prisma.customer.create({
    data: {
      email,
      orders: { create: [{ number: email, accountId: account.id }] },
      tickets: { createMany: { data: [{ subject: email, accountId: account.id }] } },
    },
  });
}

// nested under the account
export async function update(id: number) {
  return prisma.account.update({
    where: { id },
    data: { orders: { create: { number: "1", customerId: "c" } } },
  });
}

// spread
export async function spread(base: { number: string; customerId: string }, account: Account) {
  return prisma.order.create({ data: { ...base, accountId: account.id } });
}

// tx
export async function inTransaction(account: Account) {
  return prisma.$transaction(async (tx) => {
    const order = await tx.order.create({
      data: { number: "1", customerId: account.customerId, accountId: account.id },
    });
    await tx.ticket.create({ data: { subject: "s", customerId: account.customerId, accountId: account.id } });
    return order;
  });
}

// array transaction
export async function batch(account: Account) {
  return prisma.$transaction([
    prisma.order.create({ data: { number: "1", customerId: account.customerId, accountId: account.id } }),
    prisma.ticket.create({ data: { subject: "1", customerId: account.customerId, accountId: account.id } }),
  ]);
}

// this.model
export class OrderRepository {
  private readonly model: Prisma.OrderDelegate;
  constructor(private readonly client: PrismaClient) {
    this.model = client.order;
  }
  async create(data: Prisma.OrderUncheckedCreateInput) {
    return this.model.create({ data });
  }
  async createFrom(account: Account, number: string) {
    return this.create({ number, customerId: account.customerId, accountId: account.id });
  }
  async connectTo(account: Account, number: string) {
    return this.client.order.create({
      data: {
        number,
        customer: { connect: { id: account.customerId } },
        account: { connect: { id: account.id } },
      },
    });
  }
}

// injected repository
export class OrderService {
  constructor(private readonly repository: OrderRepository) {}
  async place(accountId: number, customerId: string, number: string) {
    return this.repository.create({ number, customerId, accountId });
  }
}
const service = new OrderService(new OrderRepository(prisma));
export const placed = (account: Account) => service.place(account.id, account.customerId, "1");

// extended client
const extended = prisma.$extends({
  model: {
    order: {
      async recent() {
        return [];
      },
    },
  },
});
export const viaExtended = (account: Account) =>
  extended.order.create({ data: { number: "1", customerId: account.customerId, accountId: account.id } });

// data variable far above, typed
export async function viaTyped(account: Account) {
  const data: Prisma.OrderCreateManyInput[] = [];
  for (const number of ["1", "2"]) {
    data.push({ number, customerId: account.customerId, accountId: account.id });
  }
  await prisma.order.createMany({ data });
}

// helper with createMany
export async function bulk(data: Prisma.TicketCreateManyInput[]) {
  return prisma.ticket.createMany({ data });
}
export const useBulk = (account: Account) =>
  bulk([{ subject: "1", customerId: account.customerId, accountId: account.id }]);

// tx typed parameter
async function record(tx: Prisma.TransactionClient, account: Account) {
  await tx.order.create({ data: { number: "1", customerId: account.customerId, accountId: account.id } });
}
export const recorded = (account: Account) => prisma.$transaction((tx) => record(tx, account));

// query result with the account inside
export async function copy(id: number) {
  const old = await prisma.order.findUniqueOrThrow({ where: { id }, include: { account: true } });
  return prisma.order.create({
    data: { number: `${old.number}-2`, customerId: old.customerId, accountId: old.accountId },
  });
}

// optional chaining and zero
export async function maybe(customerId: string) {
  const account = await prisma.account.findFirst({ where: { customerId } });
  return prisma.order.create({ data: { number: "1", customerId, accountId: account?.id ?? 0 } });
}

// what is spread creates inside
function withOrder(accountId: number) {
  return { orders: { create: { number: "1", accountId } } };
}
export async function first(accountId: number) {
  return prisma.customer.create({
    data: { ...withOrder(accountId), email: "a@b.c" },
  });
}
export async function second(accountId: number) {
  return prisma.customer.create({
    data: {
      ...withOrder(accountId),
      email: "b@b.c",
    },
  });
}

// data whose type wants relations, not keys
export function addReceipt(data: Prisma.ReceiptCreateInput) {
  return prisma.receipt.create({ data });
}

export async function receive(shop: Shop, number: string) {
  return addReceipt({ number });
}

function changeReceipt(args: Prisma.ReceiptUpdateArgs) {
  return prisma.receipt.update(args);
}

// nested in what is handed to a function that hands it on, if there is any
export async function receiveWith(id: number, names?: string[]) {
  return changeReceipt({
    where: { id },
    data: { parts: names ? { create: names.map((name) => ({ name })) } : undefined },
  });
}

// a list that is handed on
interface NewOrder {
  number: string;
  customerId: string;
  accountId: number;
}
async function addAll(orders: NewOrder[]) {
  await prisma.order.createMany({ data: orders });
}
export const addMine = (account: Account, numbers: string[]) =>
  addAll(numbers.map((number) => ({ number, customerId: account.customerId, accountId: account.id })));

// by way of types of our own
type Row = { number: string; customerId: string; accountId: number };

export async function addRows(accounts: Account[]) {
  const rows: Row[] = [];
  for (const account of accounts) {
    rows.push({ number: account.token, customerId: account.customerId, accountId: account.id });
  }
  await prisma.order.createMany({ data: rows });
}

export async function addListed(accounts: Account[]) {
  const rows: Array<{
    number: string;
    customerId: string;
    accountId: number;
  }> = [];
  accounts.forEach((account) => {
    rows.push({ number: account.token, customerId: account.customerId, accountId: account.id });
  });
  await prisma.$transaction(async (tx) => {
    await tx.order.createMany({ data: rows, skipDuplicates: true });
  });
}

interface Wanted {
  number: string;
  customerId: string;
  accountId: number;
}

function wantedOf(account: Account): Wanted {
  return { number: account.token, customerId: account.customerId, accountId: account.id };
}

export const addWanted = (account: Account) => prisma.order.create({ data: wantedOf(account) });

type Sample = { number: string; customerId: string; accountId: number };

export const sample: Sample = { number: "1", customerId: "c", accountId: 1 };

export async function addSample(account: Account) {
  const made: Sample = { number: account.token, customerId: account.customerId, accountId: account.id };
  await prisma.order.create({ data: made });
}

// copies of records, beside relations
export async function copyWhole(order: Order, account: Account) {
  const { id: _, customerId, accountId, ...rest } = order;
  return prisma.order.create({
    data: {
      ...rest,
      customer: { connect: { id: customerId } },
      account: { connect: { id: account.id } },
    },
  });
}

function withoutKeys(order: Order): Omit<Order, "id" | "customerId" | "accountId"> {
  const { id: _, customerId: __, accountId: ___, ...rest } = order;
  return rest;
}

export async function copyTo(order: Order, account: Account) {
  return prisma.order.update({
    where: { id: order.id },
    data: {
      ...withoutKeys(order),
      customer: { connect: { id: account.customerId } },
      account: { connect: { id: account.id } },
    },
  });
}
