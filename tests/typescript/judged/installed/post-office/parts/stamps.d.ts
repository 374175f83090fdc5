export interface Stamp {
  value: number;
  series: number | null;
}
export type Weight = Stamp["value"];
export declare function weigh(id: number): number;
