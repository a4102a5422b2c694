import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { csv } from "./csv.js";
import { CUSTOMER_COLUMNS, customerRow, customers } from "./customers.js";
import { dice } from "./dice.js";
import { orderBook } from "./order-book.js";
import { ORDER_COLUMNS } from "./orders.js";
import { writeParquet } from "./parquet.js";

const SEED = 20_260_430;
const CUSTOMERS = 6_000;
const ORDERS = 12_400;

/** Writes `customers.csv`, `orders.csv` and `orders.parquet` into `folder`; the same bytes every time. */
export async function writeSample(folder: string): Promise<void> {
  const chance = dice(SEED);
  const people = customers(chance, CUSTOMERS);
  const rows = people.map((person) => customerRow(person, chance));
  const orders = orderBook(people, ORDERS, chance);
  const orderFile = join(folder, "orders.csv");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "customers.csv"), csv(CUSTOMER_COLUMNS, rows));
  await writeFile(orderFile, csv(ORDER_COLUMNS, orders));
  await writeParquet(orderFile, join(folder, "orders.parquet"));
}
