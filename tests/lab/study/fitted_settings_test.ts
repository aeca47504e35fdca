import { assertEquals } from "@std/assert";
import { fittedSettings } from "../../../lab/study/fitted_settings.ts";

Deno.test("fittedSettings() fits numbers of neighbours to the modalities that there are", () => {
  const settings = { neighbours: "image=40,audio=10", dim: 8, operator: "cp" };
  const fitted = (...names: string[]) => fittedSettings(settings, names).neighbours;
  assertEquals(fitted("audio", "image"), "image=40,audio=10");
  assertEquals(fitted("audio"), "audio=10");
  assertEquals(
    fitted("audio_a", "audio_b", "image_a", "image_b_a"),
    "audio_a=10,audio_b=10,image_a=40,image_b_a=40",
  );
  assertEquals(fitted("text"), undefined);
  assertEquals(fittedSettings({ neighbours: "5" }, ["text"]), { neighbours: "5" });
});

Deno.test("fittedSettings() leaves other settings that name a modality that is gone to their default", () => {
  const settings = { graph_weights: "image=0.1,text=0.9", dim: 8 };
  assertEquals(fittedSettings(settings, ["text"]), { dim: 8 });
  assertEquals(fittedSettings(settings, ["image", "text", "audio"]), settings);
});
