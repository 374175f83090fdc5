import { PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

// A curator has one room now, and had several.
export async function roomOf(id: number) {
  const curator = await prisma.curator.findUniqueOrThrow({ where: { id }, include: { rooms: true } });
  const named = await prisma.curator.findMany({ select: { name: true, rooms: { select: { title: true } } } });
  const plan = curator.rooms[0]?.plan && Array.isArray(curator.rooms[0].plan) ? curator.rooms[0].plan : [];
  return { name: curator.name, title: curator.rooms[0]?.title, plan, all: named.map((each) => each.name) };
}

export const settle = (name: string, title: string) =>
  prisma.curator.create({ data: { name, rooms: { create: { title } } } });

// What only a list can have said of it, and what becomes of its elements, are left to a person.
export const firstRooms = () => prisma.curator.findMany({ include: { rooms: { take: 1, orderBy: { title: "asc" } } } });

export const settleAll = (name: string, title: string) =>
  prisma.curator.create({ data: { name, rooms: { create: [{ title }, { title: "Attic" }] } } });

export async function titles(id: number): Promise<string[]> {
  const curator = await prisma.curator.findUniqueOrThrow({ where: { id }, include: { rooms: true } });
  return curator.rooms.map((room) => room.title);
}

export const withRooms = () => prisma.curator.findMany({ where: { rooms: { some: { title: "Attic" } } } });
