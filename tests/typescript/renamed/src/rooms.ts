import { $Enums, Prisma, PrismaClient, Rank, Room, type Stay } from "@prisma/client";

const prisma = new PrismaClient();

export const best: Rank = Rank.GOLD;

export const share = (id: number) => prisma.stay.update({ where: { id }, data: { room: "TWIN" } });

export const isShared = (stay: Stay): boolean => stay.room === Room.TWIN;

export const isAlone = (stay: Stay): boolean => stay.room !== "TWIN";

export const golden = () => prisma.guest.findMany({ where: { rank: best } });

const ranks: Record<Rank, string> = { PLAIN: "-", GOLD: "*" };

export const stars = (rank: Rank): string => (rank === "PLAIN" ? "" : ranks[rank]);

const { remark } = prisma;

const held = { remark, guests: prisma.guest };

export const counted = async (): Promise<number[]> => [
  await remark.count(),
  await held.remark.count(),
  await prisma["remark"].count(),
  await prisma.$transaction(({ remark: notes }) => notes.count()),
];

export const counter: PrismaClient["remark"] = held.remark;

export const models: Prisma.ModelName[] = ["Remark", Prisma.ModelName.Remark];

export const isRemark = (name: Prisma.ModelName | "all", other: string): boolean => name === "Remark" || other === "Remark";

export type Shared = Prisma.$RemarkPayload["scalars"];

export type Nested = Prisma.StayCreateNestedManyWithoutGuestInput | Prisma.RemarkCreateNestedManyWithoutStayInput;

export const kinds: $Enums.Rank[] = [$Enums.Rank.PLAIN, "GOLD"];

export function taken(stay: Stay): number {
  let id: number, guestId: number;
  ({ id, guestId } = stay);
  return id + guestId;
}

export const given: Prisma.StayUncheckedUpdateInput["guestId"] = 1;

export const labels: { [Name in keyof Stay]?: (stay: Stay) => number } = { guestId: (each) => each.guestId };

class Database extends PrismaClient {}

class Held {
  constructor(readonly remark: Prisma.RemarkDelegate) {}
}

export class Rooms {
  constructor(
    private readonly database: Database,
    private readonly held: Held,
  ) {}

  async count(): Promise<number> {
    const { remark } = this.database;
    return (await this.database.remark.count()) + (await this.held.remark.count()) + (await remark.count());
  }
}

export type Counter = Database["remark"];
