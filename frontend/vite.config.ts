import { defineConfig, type Plugin } from "vite";

const SMALLEST = 1000;

/** Beside each script and style its gzip, which the server sends in its place: letters and pictures are packed already. */
function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    enforce: "post",
    async generateBundle(_options, bundle) {
      for (const [fileName, made] of Object.entries(bundle)) {
        const whole = made.type === "chunk" ? made.code : made.source;
        if (!/\.(js|css)$/.test(fileName) || whole.length < SMALLEST) continue;
        this.emitFile({ type: "asset", fileName: `${fileName}.gz`, source: await gzipped(whole) });
      }
    },
  };
}

async function gzipped(whole: string | Uint8Array): Promise<Uint8Array> {
  const packing = new Blob([whole as BlobPart]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(packing).arrayBuffer());
}

export default defineConfig({
  base: "./",
  plugins: [packed()],
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
