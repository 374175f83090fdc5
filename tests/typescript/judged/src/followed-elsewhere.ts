import { Desk, FixedOrders, placed, placing } from "./followed";

export async function skus(number: string, customerId: string, accountId: number) {
  const order = await placing(number, customerId, accountId);
  return order.lines.map((line) => [line.sku, line.order.number]);
}

export async function quantity(number: string, customerId: string, accountId: number) {
  const { all, total } = await placed(number, customerId, accountId);
  return all.length + total;
}

export function open() {
  const orders = new FixedOrders();
  return new Desk(orders);
}
