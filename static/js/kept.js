// What a growing turn has shown once stays as it stands: the answer to a poll only marks its place, with what has changed
// inside of it.
Idiomorph.defaults.callbacks.beforeNodeMorphed = (standing, fresh) => {
  if (fresh.dataset?.kept === undefined) return true;
  for (const part of fresh.children) document.getElementById(part.id).replaceWith(part.cloneNode(true));
  return false;
};
