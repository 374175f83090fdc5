import { PrismaClient, Rank, Room, type Stay } from "@prisma/client";

const prisma = new PrismaClient();

export const best: Rank = Rank.GOLD;

export const share = (id: number) => prisma.stay.update({ where: { id }, data: { room: "TWIN" } });

export const isShared = (stay: Stay): boolean => stay.room === Room.TWIN;

export const isAlone = (stay: Stay): boolean => stay.room !== "TWIN";

export const golden = () => prisma.guest.findMany({ where: { rank: best } });

const ranks: Record<Rank, string> = { PLAIN: "-", GOLD: "*" };

export const stars = (rank: Rank): string => (rank === "PLAIN" ? "" : ranks[rank]);
