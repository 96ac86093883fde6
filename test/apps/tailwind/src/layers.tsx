import "./layers.css";
import { show } from "./screen.tsx";

show();
