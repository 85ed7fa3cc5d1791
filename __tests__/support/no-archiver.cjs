/** In place of archiver: cdktf loads it, and 200 modules with it, for archives of which this project makes none. */
module.exports = () => {
  throw new Error("no unit test makes an archive");
};
