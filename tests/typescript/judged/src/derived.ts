import { Prisma } from "@prisma/client";
import type { Order, Ticket, Account } from "@prisma/client";
import { prisma } from "./db";

// Omit
export type NewOrder = Omit<Order, "id" | "createdAt">;
export const sample: NewOrder = { number: "1", total: 0, customerId: "c", accountId: 1 };

// Pick
export type OrderKeys = Pick<Order, "id" | "accountId">;
export const keys = (order: OrderKeys): number => order.accountId;

// Partial and Required
export type Draft = Partial<Order>;
export const whole: Required<Order> = {
  id: 1,
  number: "1",
  total: 0,
  customerId: "c",
  accountId: 1,
  createdAt: new Date(),
};

// indexed access
export type AccountKey = Order["accountId"];
export const key = (value: AccountKey): number => value;

// Awaited<ReturnType>
async function load(id: number) {
  return prisma.order.findUniqueOrThrow({ where: { id }, include: { account: true } });
}
export type Loaded = Awaited<ReturnType<typeof load>>;
export const token = (loaded: Loaded): string => loaded.account.token;

// GetPayload
export type WithAccount = Prisma.OrderGetPayload<{ include: { account: { include: { shop: true } } } }>;
export const shopName = (order: WithAccount): string => order.account.shop.name;

// validator
const withAccount = Prisma.validator<Prisma.OrderDefaultArgs>()({ include: { account: true } });
export type Validated = Prisma.OrderGetPayload<typeof withAccount>;
export const validated = (order: Validated) => order.account.isActive;

// satisfies
const include = { account: { include: { shop: true } } } satisfies Prisma.OrderInclude;
export type Included = Prisma.OrderGetPayload<{ include: typeof include }>;
export const included = (order: Included) => order.account.shop.name;

// satisfies create input
export const input = { number: "1", customerId: "c", accountId: 1 } satisfies Prisma.OrderUncheckedCreateInput;

// extends
export interface OrderView extends Order {
  title: string;
}
export const view = (order: Order): OrderView => ({ ...order, title: order.number });
export const view2: OrderView = {
  id: 1,
  number: "1",
  total: 0,
  customerId: "c",
  accountId: 1,
  createdAt: new Date(),
  title: "t",
};

// intersection
export type OrderWithAccount = Order & { account: Account };
export const joined = (order: OrderWithAccount) => (order.account.isActive ? "on" : "off");
export async function give(): Promise<OrderWithAccount[]> {
  return prisma.order.findMany({ include: { account: true } });
}

// Array element
export type Element = Awaited<ReturnType<typeof prisma.order.findMany>>[number];
export const element = (order: Element): number => order.accountId;

// Parameters
export type Data = Prisma.OrderCreateArgs["data"];
export const data: Data = { number: "1", customer: { connect: { id: "c" } }, account: { connect: { id: 1 } } };

// mapped
export const labels: Record<keyof Order, string> = {
  id: "Id",
  number: "Number",
  total: "Total",
  customerId: "Customer",
  accountId: "Account",
  createdAt: "Created",
};

// typed args
export const args: Prisma.TicketCreateArgs = { data: { subject: "s", customerId: "c", accountId: 1 } };

// NonNullable of a relation
export type Relation = WithAccount["account"];
export const relation = (account: Relation) => account.token;

// class implementing
export class OrderModel implements Order {
  id = 1;
  number = "1";
  total = 0;
  customerId = "c";
  accountId = 1;
  createdAt = new Date();
}

// factory with defaults
export const build = (overrides: Partial<Ticket> = {}): Ticket => ({
  id: 1,
  subject: "s",
  customerId: "c",
  accountId: 1,
  ...overrides,
});

// Omit & more
export type Input = Omit<Prisma.OrderUncheckedCreateInput, "customerId">;
export async function createFor(customerId: string, given: Input) {
  return prisma.order.create({ data: { ...given, customerId } });
}
export const user = () => createFor("c", { number: "2", accountId: 3 });

// list typed by const assertion
export const tickets: Ticket[] = [
  { id: 1, subject: "a", customerId: "c", accountId: 1 },
  { id: 2, subject: "b", customerId: "c", accountId: 2 },
];

// hand-written type of a query
type Card = { id: number; account: { token: string; shop: { name: string } } };
export async function cards(): Promise<Card[]> {
  return prisma.order.findMany({ select: { id: true, account: { select: { token: true, shop: { select: { name: true } } } } } });
}
export const cardState = (card: Card) => (card.account.shop.name ? card.id : undefined);

export class OrderInput implements Prisma.OrderUncheckedCreateInput {
  number: string = "";
  customerId: string = "";
  accountId: number = 0;
}
