// The landing page: what is still being worked out comes by itself. Everything else is there without scripts.
import "./styles/hot.css";
import "./styles/hot_cards.css";
import { fetchPart, follow } from "./pages/hot/follow";

follow(document, fetchPart, (ms) => new Promise((done) => setTimeout(done, ms)));
