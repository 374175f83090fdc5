import type { Account } from "@prisma/client";
import { prisma } from "./db";

// A parameter or a property that only shows what it is given takes an order's account as it is: none, as well.
const tokenOf = (account: Account): string | undefined => account.token;

const rowOf = (row: { account: Account; number: string }): (string | undefined)[] => [row.number, row.account.token];

interface Labelled {
  account: { token: string; isActive: boolean };
}

function isLabelled({ account }: Labelled): boolean {
  return account.isActive && account.token === "label";
}

export async function tokens(number: string) {
  const order = await prisma.order.findUniqueOrThrow({ where: { number }, include: { account: true } });
  const token = tokenOf(order.account);
  const row = rowOf({ account: order.account, number });
  const isIt = isLabelled({ account: order.account });
  return [token, row, isIt];
}

// What needs the account itself, or says something else without it, is left to who hands it over.
const linkOf = (account: Account) => `/accounts/${account.id}`;

const lengthOf = (account: Account): number => account.token.length;

const kept: Account[] = [];

function keep(account: Account) {
  kept.push(account);
}

export async function links(number: string) {
  const order = await prisma.order.findUniqueOrThrow({ where: { number }, include: { account: true } });
  keep(order.account);
  return [linkOf(order.account), lengthOf(order.account)];
}
