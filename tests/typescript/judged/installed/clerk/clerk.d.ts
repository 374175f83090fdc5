import { Parcel } from "post-office";

export declare abstract class Desk<Item> {
  protected take(item: Item): void;
  protected pass(id: number): Parcel;
}
