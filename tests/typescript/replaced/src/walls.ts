import { type Plate, PrismaClient, Side, type Wall } from "@prisma/client";

const prisma = new PrismaClient();

// A width is a decimal now, and a date a text.
export const fits = (wall: Wall, width: number): boolean => wall.width > width || wall.width === width;

export const rest = (wall: Wall, used: number): number => (wall.width ?? 0) - used;

export const wider = (wall: Wall, other: Wall): boolean => wall.width > other.width;

export const measured = (wall: Wall): string => wall.width + " m";

export const isOld = (wall: Wall, since = new Date(0)): boolean => wall.builtAt < since;

export const older = (now = new Date()) => prisma.wall.findMany({ where: { builtAt: { lt: now } } });

export const builtOn = (days: Date[]) => prisma.wall.findMany({ where: { builtAt: { in: days } } });

export async function total(): Promise<number> {
  const { _sum, _count } = await prisma.wall.aggregate({ _sum: { width: true }, _count: { width: true } });
  return _count.width - (_sum.width ?? 0);
}

export const shown = (wall: Wall): string => wall.width.toFixed(1) + wall.width.toPrecision(2);

// A wall may have several plates now.
export const plateOf = async (id: number): Promise<Plate | null> => prisma.wall.findUnique({ where: { id } }).plate();

export const plates = (wall: Wall & { plate: Plate | null }): (string | undefined)[] => [wall.plate?.text];

// A side may be another one now.
export function degrees(side: Side): number {
  switch (side) {
    case "NORTH":
      return 0;
    case Side.SOUTH:
      return 180;
  }
}

function unreachable(value: never): never {
  throw new Error(value);
}

export function opposite(side: Side): Side {
  if (side === "NORTH") return "SOUTH";
  if (side === "SOUTH") return "NORTH";
  return unreachable(side);
}

const names = { NORTH: "north", SOUTH: "south" };

export const named = (wall: Wall): string => names[wall.side];
