import { App } from "cdktf";
import { Platform } from "./platform";

const app = new App();
new Platform(app, "platform");
app.synth();
