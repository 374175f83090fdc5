import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

export const byCard = (card: string) => prisma.reader.findUnique({ where: { card } });

export const named = () => prisma.reader.findMany({ where: { OR: [{ nickname: "a" }, { name: "a" }] } });

export const listed = () => prisma.reader.findMany({ select: { id: true, nickname: true } });

export const ordered = () => prisma.reader.findMany({ orderBy: { nickname: "asc" } });

export const grouped = () => prisma.reader.groupBy({ by: ["nickname"], _count: { _all: true } });

export const counted = () => prisma.shelf.findMany({ select: { _count: { select: { loans: true } } } });

export const badges = () => prisma.badge.findMany();

export const chosen = (readerId: number, note: string) =>
  prisma.loan.findUnique({ where: { readerId_note: { readerId, note } } });

export const joinedNever = () => prisma.reader.findMany({ where: { joined: null } });

export const leave = (id: number) => prisma.reader.update({ where: { id }, data: { joined: null } });

export const tagged = () => prisma.reader.findMany({ where: { tags: { has: "a" } } });

export const tag = (id: number) => prisma.reader.update({ where: { id }, data: { tags: { push: "a" } } });

export const golden = () => prisma.reader.findMany({ where: { level: "GOLD" } });

export const graded = () => prisma.reader.count({ where: { level: { in: ["PLUS", "GOLD"] } } });
