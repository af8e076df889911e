// Puts the provider's form into the page, and hands what was typed there to the provider alone.

const form = document.getElementById("pay");
const wrong = document.getElementById("wrong");
const button = form.querySelector("button");
const stripe = window.Stripe(form.dataset.key);
const elements = stripe.elements({ clientSecret: form.dataset.secret });
elements.create("payment").mount("#card");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  wrong.hidden = true;
  // Where it succeeds the browser goes on to this page again, which then says that it is paid.
  const answer = await stripe.confirmPayment({ elements, confirmParams: { return_url: window.location.href.split("?")[0] } });
  wrong.textContent = answer.error?.message || form.dataset.failed;
  wrong.hidden = false;
  button.disabled = false;
});
