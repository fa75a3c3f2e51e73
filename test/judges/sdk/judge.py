"""
What the judges by an official Python SDK have in common: they drive its methods at the tenant that SAIL_BASE_URL names,
and compare how each call went with what is known of the SDK.
"""

import json
import os
import sys
import time
import urllib.request


class Judge:
    """Drives the methods of an SDK, and remembers how each went."""

    def __init__(self, configuration, address):
        configuration.experimental = True
        configuration.suppress_experimental_warnings = True
        self.configuration = configuration
        self.address = address
        self.results = {}

    def drive(self, api, method, *arguments, **named):
        """Calls a method, records how it went, and returns its answer."""
        try:
            answer = getattr(api, method)(*arguments, **named)
            self.results.setdefault(method, None)
            return answer
        except Exception as error:  # the judge reports whatever the SDK raises
            self.results[method] = f"{type(error).__name__}: {str(error)[:900]}"
            return None

    def request(self, verb, path, body=None):
        """A plain request, for operations that the SDK cannot send."""
        headers = {
            "Authorization": f"Bearer {self.configuration.access_token}",
            "Content-Type": "application/json",
            "X-SailPoint-Experimental": "true",
        }
        data = None if body is None else json.dumps(body).encode()
        url = os.environ["SAIL_BASE_URL"] + self.address(path)
        call = urllib.request.Request(url, data=data, headers=headers, method=verb)
        with urllib.request.urlopen(call, timeout=30) as answer:
            text = answer.read().decode()
            return json.loads(text) if text else None

    def look_up(self, path, key, value):
        return next(item for item in self.request("GET", path) if item[key] == value)

    def settled(self, task_id):
        """Waits, at most 30 seconds, until a task has ended."""
        for _ in range(300):
            task = self.request("GET", f"/task-status/{task_id}")
            if task["completed"] and task["completionStatus"]:
                return
            time.sleep(0.1)
        raise TimeoutError(f"task {task_id}")

    def report(self, methods, broken):
        """
        Prints a line for each method and, last, `N passed, N failed`; ends the process. A method that is known to be
        broken must fail, and say so in these words: where it works, what is known of the SDK is no longer true.
        """
        failed = 0
        for name in methods:
            reason, words = broken.get(name, (None, None))
            happened = self.results.get(name, "never driven")
            good = happened is None if reason is None else words in (happened or "")
            failed += not good
            known = f" (known of the SDK: {reason})" if reason and good else ""
            print(f"{'ok  ' if good else 'FAIL'} {name}{known}{'' if good else f': {happened}'}")
        print(f"{len(methods)} methods, {len(methods) - len(broken)} expected to work")
        print(f"{len(methods) - failed} passed, {failed} failed")
        sys.exit(1 if failed else 0)


def methods_of(api):
    """The methods of an SDK's class that call the API, each once."""
    variants = ("_with_http_info", "_without_preload_content")
    return [name for name in dir(api) if not name.startswith("_") and not name.endswith(variants)]
