import { squareLoss } from "../../shaders/square_loss/square_loss.ts";
import { checkLoss } from "./loss_check.ts";

Deno.test("squareLoss() is half the squared norm", () =>
  checkLoss({
    inputs: [{ rows: 65, columns: 3 }],
    build: (losses, [x]) => squareLoss(losses, x, 0.3, "squares"),
    twin: ([x]) => 0.15 * x.reduce((sum, value) => sum + value * value, 0),
  }));
