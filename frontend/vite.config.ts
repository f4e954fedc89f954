import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  publicDir: false,
  worker: { format: "es" },
  build: {
    outDir: "../trigpoint/web/static/trigpoint/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: {
        main: "src/main.ts",
        hot: "src/hot.ts",
        map: "src/map.ts",
        present: "src/present.ts",
        joint: "src/joint.ts",
        journeys: "src/journeys.ts",
        deliveries: "src/deliveries.ts",
        unplaced: "src/unplaced.ts",
        definitions: "src/definitions.ts",
        meeting: "src/meeting.ts",
      },
    },
  },
  test: { include: ["tests/**/*.test.ts"], environment: "node" },
} as Parameters<typeof defineConfig>[0]);
