import { Prisma } from "@prisma/client";
import type { Line, Order } from "@prisma/client";
import { prisma } from "./db";

type OrderWithLines = Prisma.OrderGetPayload<{ include: { lines: true } }>;

// what is read of an order that is made without a shop
export async function placed(number: string, customerId: string, accountId: number) {
  const order = await prisma.order.create({
    data: { number, customerId, accountId },
    include: { lines: true, notes: { include: { order: true } } },
  });
  const { lines } = order;
  const all = lines
    .filter((line) => line.sku);
  const texts = (order.notes ?? [])
    .map((note) => note.text);
  return { all, texts, number: order.number, total: order.total, anything: (order as any).lines };
}

// what is read of an element of what is unknown
export async function nested(number: string, customerId: string, accountId: number) {
  const order = await prisma.order.create({
    data: { number, customerId, accountId },
    include: { notes: { include: { order: { include: { lines: true } } } } },
  });
  return order.notes.map((note) => {
    const lines = note.order?.lines.filter(
      (line) => line.sku,
    );
    return {
      skus: (lines ?? []).map(
        (line) => line.sku,
      ),
    };
  });
}

// what wants what is loaded
export async function shown(number: string, customerId: string, accountId: number): Promise<OrderWithLines> {
  const order = await prisma.order.create({
    data: { number, customerId, accountId },
    include: { lines: true },
  });
  printed(order);
  withLines(
    order,
  );
  counted(order);
  return order;
}

function printed(order: OrderWithLines) {
  return order.lines.length;
}

function withLines(order: Order & { lines: Line[] }) {
  return order.lines.length;
}

function counted(order: Order) {
  return order.total;
}

// loaded by whoever else asks
export function placing(number: string, customerId: string, accountId: number) {
  return prisma.order.create({
    data: { number, customerId, accountId },
    include: { lines: { include: { order: true } } },
  });
}

// held by variables, chosen, mapped and spread
export async function held(customerId: string, accountId: number, numbers: string[]) {
  const data = {
    number: "1",
    customerId,
    accountId,
  };
  await prisma.order.create({
    data,
  });
  const rows = numbers.map((number) => {
    return { number, customerId, accountId };
  });
  await prisma.order.createMany({
    skipDuplicates: true,
    data: rows,
  });
  await prisma.customer.update({
    where: { id: customerId },
    data: {
      orders: numbers.length
        ? { create: { number: "2", accountId } }
        : undefined,
    },
  });
}

// a literal with a type of its own is minded where it is, and its query is not spoiled
export async function typed(customerId: string, accountId: number) {
  const data: Prisma.OrderUncheckedCreateInput = { number: "3", customerId, accountId };
  const order = await prisma.order.create({ data, include: { lines: true } });
  return order.lines;
}

// the sums of what is selected by what may be null
export async function summed(order: Order) {
  const sums = await prisma.invoice.aggregate({
    where: { accountId: order.accountId },
    _max: { id: true },
  });
  return sums._max.id;
}

// a class that does not keep its promise any more
export interface Orders {
  sample(): Order;
}

export class FixedOrders implements Orders {
  sample() {
    return { id: 1, number: "4", total: 1, customerId: "5", accountId: 6, createdAt: new Date() };
  }
}

export class Desk {
  constructor(readonly orders: Orders) {}
}

export const desk = new Desk(
  new FixedOrders(),
);

// elements of lists
export async function all(customerId: string, accountId: number) {
  const orders = [
    { number: "7", customerId, accountId },
    { number: "8", customerId, accountId },
  ];
  for (const order of orders) {
    await prisma.order.create({
      data: order,
    });
  }
  await Promise.all(
    orders.map((order) =>
      prisma.order.create({
        data: order,
      }),
    ),
  );
}

// what it is spread into
export async function opened(number: string, customerId: string, accountId: number, lines: Line[]) {
  const order = await prisma.order.create({
    data: { number, customerId, accountId },
    include: { lines: true, account: true },
  });
  const spread = (): Order & { lines: Line[]; account: object } => {
    return {
      ...order,
      lines,
    };
  };
  const completed = (): Order & { lines: Line[] } => {
    return {
      ...order,
      lines,
    };
  };
  return [spread, completed];
}

// a list that begins empty becomes one of what is added to it
export async function seeded(customerId: string, accountId: number) {
  const rows = [];
  for (const number of ["1", "2"]) {
    rows.push({ number, customerId, accountId });
  }
  await prisma.order.createMany({
    data: rows,
  });
}

// what is spread into a literal that is handed on later
type Shown = { id: number; lines: Line[]; isNew: boolean };
const listed = (rows: Shown[]) => rows.length;
export async function later(number: string, customerId: string, accountId: number) {
  const order = await prisma.order.create({ data: { number, customerId, accountId }, include: { lines: true } });
  const rows = [order].map((each) => ({ ...each, isNew: true }));
  const bare = [order].map((each) => ({ ...each, lines: [], isNew: true }));
  listed(bare);
  return listed(
    rows.filter((row) => row.isNew),
  );
}
