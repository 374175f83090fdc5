import type { Order } from "@prisma/client";
import { Desk } from "clerk";
import ledger, { open } from "ledger";
import office, * as post from "post-office";
import { each, Parcel, scale, send, type Options, type Plan } from "post-office";
import { weigh, type Stamp } from "post-office/parts/stamps";
import { prisma } from "./db";

// functions
export async function functions(order: Order) {
  await send(order.accountId, "hello");
  post.forward(order.accountId);
  post.note(order.accountId);
  post.store(order.accountId);
  post.count(order.accountId);
  scale(order.accountId);
  weigh(order.accountId);
  office.open(order.accountId);
}

// overloads: refused only when all of them do
export function overloads(order: Order) {
  post.find(order.accountId);
  post.either(order.accountId);
  post.on("sent", order.accountId);
  post.on("lost", order.accountId);
}

// any number of arguments
export function rest(order: Order) {
  post.all(1, order.accountId);
  post.some(1, order.accountId);
}

// classes, their methods one after the other, their fields
export async function classes(order: Order) {
  const parcel = new Parcel(order.accountId);
  parcel.address(1).remark(order.accountId).address(order.accountId);
  parcel.to = order.accountId;
  parcel.from = order.accountId;
  parcel.owner(order.accountId);
  parcel.owner.ask(order.accountId);
  (await send(1)).address(order.accountId);
  each((one) => one.address(order.accountId));
  office.parcels.push(new Parcel(1));
}

// options
export function options(order: Order, parcel: Parcel, stamp: Stamp) {
  parcel.ship({ to: order.accountId, from: order.accountId, stamp, lines: [] });
  parcel.ship({ to: 1, from: 1, trace: order.accountId, stamp, lines: [] });
  parcel.ship({ to: 1, from: 1, stamp: { value: order.accountId, series: order.accountId }, lines: [] });
  parcel.ship({ to: 1, from: 1, stamp, lines: [{ id: order.accountId }] });
  const written: Options = {
    to: order.accountId,
    from: order.accountId,
    weight: order.accountId,
    stamp,
    lines: [],
  };
  parcel.ship(written);
}

// a result, and a module that is all one function
export function made(order: Order): Stamp {
  ledger(order.accountId);
  open(order.accountId).write(order.accountId, order.accountId);
  return {
    value: order.accountId,
    series: order.accountId,
  };
}

// where nothing is null any more
export function asked(order: Order, parcel: Parcel) {
  if (order.accountId) parcel.address(order.accountId);
  parcel.address(order.accountId ?? 0);
}

// a class of one's own
export class Counter extends Desk<Order> {
  constructor(private readonly parcel: Parcel) {
    super();
  }

  serve(order: Order) {
    this.parcel.address(order.accountId);
  }
}

// whole records, and objects that are handed over later
export function records(order: Order, parcel: Parcel, stamp: Stamp) {
  post.track(order);
  post.track({ ...order });
  const tracked = { accountId: order.accountId };
  post.track(tracked);
  const options = { to: 1, from: order.accountId, stamp, lines: [] };
  parcel.ship(options);
}

// what a framework is asked with, to which the code adds: no member that the framework does not give
interface SignedIn extends post.Ask {
  accountId?: number;
}

async function place(ask: SignedIn) {
  return prisma.order.create({ data: { number: "1", customerId: "1", accountId: ask.accountId! } });
}

post.answer(place);

// what a function gives back whose type a package declares
export const plan: post.Plan = async (line) => {
  const orders = await prisma.order.findMany();
  return {
    stops: orders.map((order) => ({ signs: { line, account: order.accountId }, note: order.accountId })),
  };
};
export const planned: Plan = () => ({ stops: ["home", { signs: { line: "1", number: 1 }, note: null }] });
