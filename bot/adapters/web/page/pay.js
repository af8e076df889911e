// Puts the provider's form into the page, and hands what was typed there to the provider alone.

const form = document.getElementById("pay");
const wrong = document.getElementById("wrong");
const button = form.querySelector("button");

if (window.Stripe) {
  open(window.Stripe(form.dataset.key));
} else {
  button.disabled = true;
  tell(form.dataset.away);
}

function open(stripe) {
  const elements = stripe.elements({ clientSecret: form.dataset.secret });
  elements.create("payment").mount("#card");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    wrong.hidden = true;
    tell(await failure(stripe, elements));
    button.disabled = false;
  });
}

// Where it succeeds the browser goes on to this page again, which then says that it is paid.
async function failure(stripe, elements) {
  const goesOn = { return_url: window.location.href.split("?")[0] };
  try {
    const answer = await stripe.confirmPayment({ elements, confirmParams: goesOn });
    return answer.error?.message || form.dataset.failed;
  } catch {
    return form.dataset.unknown;
  }
}

function tell(words) {
  wrong.textContent = words;
  wrong.hidden = false;
}
