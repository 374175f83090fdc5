import { Prisma, PrismaClient, type Wall } from "@prisma/client";

const prisma = new PrismaClient();

// A depth was a decimal and is a number: what made a number of it, or a decimal for it, is done no more.
export const volume = (wall: Wall, height: number): number => wall.depth.toNumber() * height;

export const depthOf = (wall: Wall | undefined): number => wall?.depth.toNumber() ?? 0;

export const deepen = (id: number, by: number) =>
  prisma.wall.update({ where: { id }, data: { depth: new Prisma.Decimal(by / 100) } });

export async function depths(): Promise<number> {
  const { _sum } = await prisma.wall.aggregate({ _sum: { depth: true } });
  return _sum.depth?.toNumber() ?? 0;
}

// What gives undefined for none, and decimals that are calculated with, are left to a person.
export async function deepest(): Promise<number | undefined> {
  const { _max } = await prisma.wall.aggregate({ _max: { depth: true } });
  return _max.depth?.toNumber();
}

export const doubled = (wall: Wall): Prisma.Decimal => wall.depth.mul(2);
