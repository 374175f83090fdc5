import type { Prisma } from "@prisma/client";
import { prisma } from "./db";

type Named = { name: string };
type Rows = { rows: Prisma.OrderCreateManyInput[] };

// what a function without a type makes, where a type takes it
const returned = ({ name }: Named) => ({ number: name, customerId: "c", accountId: 1 });
export function all(given: Named[]): Prisma.OrderCreateManyInput[] {
  return given.map((each) => returned(each));
}

const declared = ({ name }: Named) => ({ number: name, customerId: "c", accountId: 1 });
export function held(given: Named[]) {
  const rows: Prisma.OrderCreateManyInput[] = given.map((each) => declared(each));
  return rows;
}

const one = ({ name }: Named) => ({ number: name, customerId: "c", accountId: 1 });
export const first = (given: Named): Prisma.OrderCreateManyInput => one(given);

const listed = ({ name }: Named) => ({ number: name, customerId: "c", accountId: 1 });
export function list(given: Named): Prisma.OrderCreateManyInput[] {
  const row = listed(given);
  return [row];
}

async function awaited({ name }: Named) {
  return { number: name, customerId: "c", accountId: 1 };
}
export async function unchecked(given: Named): Promise<Prisma.OrderUncheckedCreateInput> {
  const row = await awaited(given);
  return row;
}

const member = ({ name }: Named) => ({ number: name, customerId: "c", accountId: 1 });
export function inside(given: Named[]): Rows {
  const rows = given.map((each) => member(each));
  return { rows };
}

// spread into what is added to a list
const added = ({ name }: Named) => ({ number: name, customerId: "c", accountId: 1 });
export async function save(given: Named[], last: number) {
  const rows: Prisma.OrderCreateManyInput[] = [];
  rows.push(...given.map((each) => added(each)));
  rows.unshift(...given.map(({ name }) => ({ number: name, customerId: "c", accountId: last })));
  await prisma.order.createMany({ data: rows });
}
