#include "webhooks/crypto.hpp"
