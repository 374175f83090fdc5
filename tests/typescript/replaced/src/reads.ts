import { type Badge, Level, type Prisma, PrismaClient, type Reader, type Receipt } from "@prisma/client";

const prisma = new PrismaClient();

export async function show(id: number): Promise<string> {
  const reader = await prisma.reader.findUniqueOrThrow({ where: { id } });
  const { nickname, ...rest } = reader;
  const level: string = rest.name;
  return [reader.nickname, reader["card"], nickname, level].join();
}

export function count(readers: Reader[]): number {
  return readers.reduce((sum, each) => sum + each.points, 0);
}

export function list(reader: Reader): string {
  return reader.tags.map((tag) => tag.trim()).join();
}

export function grade(reader: Reader): number {
  switch (reader.level) {
    case "GOLD":
      return 3;
    default:
      return 1;
  }
}

export const isGold = (reader: Reader): boolean => reader.level === Level.GOLD;

type Card = Reader["card"];

export type Names = Pick<Reader, "name" | "nickname">;

export function cut(value: Card, badge: Badge): string {
  return `${String(value)} ${badge.title}`;
}

export const ofBadge = (where: Prisma.BadgeWhereInput): Prisma.BadgeWhereInput => where;

export const sameTags = (reader: Reader, others: string[]) => reader.tags === others;

export const isCoded = (receipt: Receipt) => receipt.code != "none";
