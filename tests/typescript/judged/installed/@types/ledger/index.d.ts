declare function ledger(id: number): ledger.Book;

declare namespace ledger {
  interface Book {
    write(id: number, ...notes: any[]): void;
    page: number | undefined;
  }
  function open(id: number): Book;
}

export = ledger;
