import { assertEquals } from "@std/assert";
import { metricsTable } from "../../../cli/common/output.ts";

Deno.test("metricsTable() gives a line a metric and a column a cutoff", () => {
  const metrics = { "recall@5": 0.25, "recall@10": 0.5, "ndcg@5": 1, "ndcg@10": 0.00004 };
  assertEquals(
    metricsTable({ valid: metrics, test: { ...metrics, "recall@5": 1 / 3 } }),
    [
      "                  @5     @10",
      "valid recall  0.2500  0.5000",
      "valid ndcg    1.0000  0.0000",
      "test recall   0.3333  0.5000",
      "test ndcg     1.0000  0.0000",
      "",
    ].join("\n"),
  );
});
