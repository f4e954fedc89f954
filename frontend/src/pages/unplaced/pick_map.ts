// The map of the phrase in hand: its candidates as circles by weight, and a press picks another point.

import { Marker } from "maplibre-gl";
import { type Box, cameraMs, easeOut, makeStage, type Stage } from "../../map/stage";
import { announce } from "../dom";
import { around, pick, radius, type Spot, spots } from "./phrase";

export class PickMap {
  private readonly stage: Stage;
  private phrase: HTMLElement | null = null;
  private markers: { marker: Marker; spot: Spot }[] = [];
  private picked: Marker | null = null;

  constructor(holder: HTMLElement, basemap: string | null, box: Box) {
    holder.hidden = false;
    this.stage = makeStage({ holder, basemap, box, camera: null });
    this.stage.map.on("click", (event) => this.press(event.lngLat.lng, event.lngLat.lat));
  }

  show(phrase: HTMLElement): void {
    if (phrase === this.phrase) return;
    this.phrase?.classList.remove("in-hand");
    this.phrase = phrase;
    phrase.classList.add("in-hand");
    this.clear();
    const found = spots(phrase);
    this.markers = found.map((spot) => ({ spot, marker: this.circle(spot) }));
    this.mark();
    const box = around(found);
    if (box)
      this.stage.map.fitBounds(box, { padding: 44, maxZoom: 15, duration: cameraMs(), easing: easeOut });
  }

  /** The candidate chosen stands out. */
  mark(): void {
    for (const { marker, spot } of this.markers)
      marker.getElement().classList.toggle("is-chosen", spot.input.checked);
  }

  private circle(spot: Spot): Marker {
    const element = document.createElement("div");
    element.className = "candidate";
    element.textContent = spot.number;
    const across = `${2 * radius(spot.weight)}px`;
    element.style.width = across;
    element.style.height = across;
    element.setAttribute("aria-hidden", "true");
    return new Marker({ element }).setLngLat([spot.lon, spot.lat]).addTo(this.stage.map);
  }

  private press(lon: number, lat: number): void {
    if (!this.phrase || this.phrase.querySelector("fieldset:disabled")) return;
    pick(this.phrase, lon, lat);
    this.picked?.remove();
    const element = document.createElement("div");
    element.className = "candidate picked is-chosen";
    element.setAttribute("aria-hidden", "true");
    this.picked = new Marker({ element }).setLngLat([lon, lat]).addTo(this.stage.map);
    this.mark();
    announce("A point on the map is chosen. Keep it with the button.");
  }

  private clear(): void {
    for (const { marker } of this.markers) marker.remove();
    this.picked?.remove();
    this.markers = [];
    this.picked = null;
  }
}
