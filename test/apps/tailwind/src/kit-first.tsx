import "coviu-react/styles.css";
import "./tailwind.css";
import { show } from "./screen.tsx";

show();
