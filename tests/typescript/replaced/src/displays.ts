import { type Curator, type Display, type Prisma, PrismaClient } from "@prisma/client";

const prisma = new PrismaClient();

// A curator's displays are reached by way of another model now.
export async function shown(id: number): Promise<string[]> {
  const curator = await prisma.curator.findUniqueOrThrow({ where: { id }, include: { displays: true } });
  return curator.displays.map(({ title }) => title);
}

export async function latest(id: number): Promise<Display[]> {
  const { displays } = await prisma.curator.findUniqueOrThrow({ where: { id }, include: { displays: true } });
  return displays;
}

export const busy = () => prisma.curator.findMany({ where: { displays: { some: { title: "a" } } } });

export const counted = () => prisma.curator.findMany({ select: { name: true, _count: { select: { displays: true } } } });

export const sorted = () =>
  prisma.curator.findMany({
    include: { displays: { orderBy: { title: "asc" } } },
  });

export const opened = (name: string) => prisma.curator.create({ data: { name, displays: { create: { title: name } } } });

type Described = Prisma.CuratorGetPayload<{ include: { displays: true } }>;

export const described = (curator: Described): string => curator.displays[0]?.title ?? curator.name;

export const length = (curator: Described): number => curator.displays.length;

// Every display has a wall now.
export const hung = () => prisma.display.findMany({ where: { wall: { isNot: null } } });

export const taken = (id: number) => prisma.display.update({ where: { id }, data: { wall: { disconnect: true } } });

export const painted = (id: number, color: string) =>
  prisma.display.update({ where: { id }, data: { wall: { update: { color } } } });

export const found = (key: Prisma.DisplayCuratorIdTitleCompoundUniqueInput) => key.title;

function build<T>(defaults: T) {
  return (over: Partial<T> = {}): T => ({ ...defaults, ...over });
}

export const curator = build<Curator>({ id: 1, name: "Ann" })({ name: "Bob" });

export const display = (base: Display) => build(base)({ id: 1, curatorId: 2 });

export const hang = (id: number, wallId: number | null) => prisma.display.update({ where: { id }, data: { wallId } });

export const shift = (id: number, wallId?: number) => prisma.display.update({ where: { id }, data: { wallId } });

export const paint = (id: number, title: string | null) =>
  prisma.display.findMany({ where: { id, title: title ?? undefined } });
