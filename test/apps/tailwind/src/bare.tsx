import "./bare.css";
import "coviu-react/styles.css";
import { show } from "./screen.tsx";

show();
